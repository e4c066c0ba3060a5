/** Puts the parts together, in a page or in any root that holds the same shell. */
import { Api, Unreachable } from "./api.js";
import { openChatView } from "./chat_view.js";
import { Composer } from "./composer.js";
import { showConnection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { prepareDialog } from "./dialogs.js";
import { EmergencyHelp } from "./emergency.js";
import { setUpMenu } from "./menu.js";
import { downloadMyData } from "./my_data.js";
import { Region } from "./region.js";
import { CookieSession, timezone } from "./session.js";
import { forgetAll } from "./storage.js";
import { CONNECTING, UNAVAILABLE } from "./wording.js";

/**
 * @param {Document | ShadowRoot} root holds the shell of index.html
 * @param {{base?: URL, session?: CookieSession | import("./session.js").TokenSession,
 *          region?: string | null, greeting?: string | null}} [options] where the channel is
 *   mounted; who speaks; the operator's choice of region and greeting
 */
export async function start(
  root,
  {
    base = new URL("..", import.meta.url),
    session = new CookieSession(),
    region: preset = null,
    greeting = null,
  } = {},
) {
  const api = new Api(base, session);
  const region = new Region(root.getElementById("emergency-numbers"), {
    zone: timezone() ?? "",
    language: navigator.language,
    preset,
  });
  const emergency = new EmergencyHelp(root, region);
  for (const dialog of root.querySelectorAll("dialog")) prepareDialog(dialog);

  const { view, history } = await connect(root, api);
  const conversation = new Conversation({
    api,
    view,
    region,
    greeting,
    openHelp: () => emergency.open(),
    giveBack: (text) => composer.restore(text),
    onConnected: showConnection(root.getElementById("connection")),
  });
  const composer = new Composer(view, (text) => conversation.say(text));
  setUpMenu(root, {
    region,
    download: () => downloadMyData(api),
    openHelp: () => emergency.open(),
    askForSummary: () => conversation.askForSummary(),
    startOver: () => conversation.startOver(),
    erase: async () => {
      await conversation.erase();
      forgetAll();
      region.forget();
    },
  });
  setUpVoice(root, view, composer);
  emergency.stepAside();
  await conversation.begin(history);
}

/** Open the chat; while that fails the page keeps its advice and offers to try again. */
async function connect(root, api) {
  const container = root.getElementById("chat");
  const status = root.getElementById("startup-status");
  const offline = root.getElementById("offline");
  for (;;) {
    status.textContent = CONNECTING;
    try {
      const [view, history] = await Promise.all([openChatView(container), api.history()]);
      container.hidden = false;
      return { view, history };
    } catch (error) {
      if (!(error instanceof Unreachable)) console.warn(error);
      offline.hidden = false;
      root.getElementById("offline-text").textContent = UNAVAILABLE;
    } finally {
      status.textContent = "";
    }
    await pressed(root.getElementById("offline-retry"));
    offline.hidden = true;
  }
}

/** Voice input is loaded only where the browser has it. */
async function setUpVoice(root, view, composer) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (Recognition === undefined) return;
  root.getElementById("about-voice").hidden = false;
  const { addVoiceButton } = await import("./voice.js");
  addVoiceButton(view, composer, Recognition);
}

/** @param {HTMLButtonElement} button */
function pressed(button) {
  return new Promise((resolve) => button.addEventListener("click", resolve, { once: true }));
}
