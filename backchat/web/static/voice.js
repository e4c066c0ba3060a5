/**
 * Speaking instead of typing, where the browser turns speech into text.
 *
 * What was heard goes into the box, to be read over and sent like typed words. No sound is kept or
 * sent by us; the browser's maker may hear it, which is said before the first use.
 */
import { VOICE_FAILED, VOICE_PRIVACY, VOICE_START, VOICE_STOP } from "./wording.js";
import { el, svg } from "./render/dom.js";
import { renderNotice } from "./render/notice.js";
import { recall, remember } from "./storage.js";

const TOLD = "voice-told";
const MICROPHONE =
  "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21";

/**
 * @param {import("./chat_view.js").ChatView} view
 * @param {import("./composer.js").Composer} composer
 * @param {new () => any} Recognition the browser's SpeechRecognition
 */
export function addVoiceButton(view, composer, Recognition) {
  let recognition = null;
  const button = el(
    "button",
    { type: "button", class: "voice", "aria-label": VOICE_START, onclick: toggle },
    svg(
      "svg",
      { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
      svg("path", { d: MICROPHONE }),
    ),
  );
  view.addTool(button);

  function toggle() {
    if (recognition !== null) recognition.stop();
    else if (recall(TOLD) === null) tell();
    else listen();
  }

  /** The first press only says where the sound may go; the next one listens. */
  function tell() {
    remember(TOLD, "yes");
    view.addReply([renderNotice(VOICE_PRIVACY)]);
  }

  function listen() {
    recognition = new Recognition();
    recognition.lang = "en";
    recognition.interimResults = false;
    recognition.onresult = ({ results }) =>
      composer.append(Array.from(results, ([best]) => best.transcript).join(" "));
    recognition.onerror = ({ error }) => {
      if (error !== "aborted") view.addReply([renderNotice(VOICE_FAILED)]);
    };
    recognition.onend = () => show(null);
    recognition.start();
    show(recognition);
  }

  function show(running) {
    recognition = running;
    button.setAttribute("aria-label", running === null ? VOICE_START : VOICE_STOP);
    button.classList.toggle("voice--listening", running !== null);
  }
}
