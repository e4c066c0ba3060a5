/** Puts the parts together, in a page or in any root that holds the same shell. */
import { Api } from "./api.js";
import { openChatView } from "./chat_view.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { prepareDialog } from "./dialogs.js";
import { EmergencyHelp } from "./emergency.js";
import { setUpMenu } from "./menu.js";
import { Region } from "./region.js";
import { Session, timezone } from "./session.js";
import { CONNECTING, DATA_DELETED, UNAVAILABLE } from "./wording.js";

/**
 * @param {Document | ShadowRoot} root holds the shell of index.html
 * @param {{base?: URL, token?: string | null, region?: string | null}} [options] where the channel
 *   is mounted; a bearer token where our cookie does not travel; the operator's choice of region
 */
export async function start(
  root,
  { base = new URL("..", import.meta.url), token = null, region: preset = null } = {},
) {
  const api = new Api(base, new Session({ token }));
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
    openHelp: () => emergency.open(),
    giveBack: (text) => composer.restore(text),
  });
  const composer = new Composer(view, (text) => conversation.say(text));
  setUpMenu(root, {
    region,
    api,
    openHelp: () => emergency.open(),
    startOver: () => conversation.startOver(),
    onErased: () => conversation.beginAfresh(DATA_DELETED),
  });
  emergency.stepAside();
  conversation.begin(history);
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
      console.warn(error);
      offline.hidden = false;
      root.getElementById("offline-text").textContent = UNAVAILABLE;
    } finally {
      status.textContent = "";
    }
    await pressed(root.getElementById("offline-retry"));
    offline.hidden = true;
  }
}

/** @param {HTMLButtonElement} button */
function pressed(button) {
  return new Promise((resolve) => button.addEventListener("click", resolve, { once: true }));
}
