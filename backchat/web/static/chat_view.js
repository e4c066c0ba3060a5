/**
 * The conversation on the screen, drawn by deep-chat.
 *
 * deep-chat 2.4.2 lays out bubbles, dots and the input. What it would do with people's words stays
 * unused: its markdown accepts `javascript:` links and foreign pictures, and its `html` goes to
 * innerHTML. So every message enters as an empty slot, which is then filled with our own elements.
 */
import { loadStyleSheet } from "./styles.js";
import { LOG_LABEL, PLACEHOLDER, SEND, TYPING } from "./wording.js";

const BUNDLE = "./vendor/deepChat.bundle.js";
const STYLE_SHEETS = ["chat.css", "cards.css"];
const TYPING_DOTS = `<span class="typing"><span class="visually-hidden">${TYPING}</span><i></i><i></i><i></i></span>`;
const SEND_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor">' +
  '<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/></svg>';
const HOST_STYLE = {
  fontFamily: "inherit",
  fontSize: "inherit",
  display: "block",
  width: "100%",
  height: "100%",
  border: "0 solid transparent",
  backgroundColor: "transparent",
};
const SPACE_ABOVE = 12;

/** @param {HTMLElement} container @returns {Promise<ChatView>} */
export async function openChatView(container) {
  const [sheets] = await Promise.all([
    Promise.all(STYLE_SHEETS.map((name) => loadStyleSheet(name, container.getRootNode()))),
    import(BUNDLE),
  ]);
  const chat = document.createElement("deep-chat");
  // What is not set here gets deep-chat's own look; without a font it fetches one from Google.
  Object.assign(chat.style, HOST_STYLE);
  chat.connect = { handler: () => {} };
  // Dots switched by hand; the automatic ones bring an inline style element, which our CSP forbids.
  chat.displayLoadingBubble = { toggle: () => {} };
  chat.textInput = { placeholder: { text: PLACEHOLDER } };
  chat.submitButtonStyles = { alwaysEnabled: true, submit: { svg: { content: SEND_ICON } } };
  const rendered = new Promise((resolve) => {
    chat.onComponentRender = resolve;
  });
  container.replaceChildren(chat);
  await rendered;
  await settled(chat.shadowRoot);
  chat.shadowRoot.adoptedStyleSheets.push(...sheets);
  return new ChatView(chat);
}

/** On a slow start deep-chat renders twice, and says so only of the first. @param {ShadowRoot} shadow */
async function settled(shadow) {
  let log;
  do {
    log = shadow.getElementById("messages");
    await new Promise((resolve) => setTimeout(resolve));
  } while (log !== shadow.getElementById("messages"));
}

export class ChatView {
  #slots = 0;
  #typing = false;
  #focusFollowsReply = false;

  /** @param {HTMLElement} chat a rendered deep-chat element */
  constructor(chat) {
    this.chat = chat;
    this.shadow = chat.shadowRoot;
    this.log = this.shadow.getElementById("messages");
    this.input = this.shadow.getElementById("text-input");
    this.sendButton = this.shadow.querySelector(".input-button");
    this.#describe();
  }

  /** What deep-chat leaves unsaid to a screen reader. */
  #describe() {
    const set = (element, attributes) =>
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    set(this.log, { role: "log", "aria-label": LOG_LABEL, "aria-live": "polite", tabindex: "0" });
    set(this.input, {
      "aria-multiline": "true",
      enterkeyhint: "send",
      autocapitalize: "sentences",
      tabindex: "0",
    });
    set(this.sendButton, { "aria-label": SEND });
  }

  /**
   * The person's own words; answers offered before are thereby used up.
   *
   * @param {HTMLElement} node @returns {HTMLElement} the node
   */
  addPerson(node) {
    this.#retireAnswers();
    this.#append("user", node);
    return node;
  }

  /** The bot's messages of one turn, shown from the top of the first. @param {HTMLElement[]} nodes */
  addReply(nodes) {
    for (const node of nodes) this.#append("ai", node);
    if (nodes.length === 0) return;
    this.#reveal(nodes[0]);
    if (this.#focusFollowsReply && this.shadow.activeElement === this.log) this.#focusAnswer(nodes);
    this.#focusFollowsReply = false;
  }

  /** Earlier messages, without reading them all out. @param {{role: "person" | "bot" | "clinician", node: HTMLElement}[]} messages */
  addHistory(messages) {
    this.log.setAttribute("aria-live", "off");
    for (const { role, node } of messages) {
      if (role === "person") this.addPerson(node);
      else this.#append("ai", node);
    }
    setTimeout(() => {
      this.log.scrollTop = this.log.scrollHeight;
      this.log.setAttribute("aria-live", "polite");
    });
  }

  /** A button next to the one that sends. @param {HTMLElement} button */
  addTool(button) {
    this.sendButton.parentElement.append(button);
  }

  clear() {
    this.chat.clearMessages();
  }

  /** @param {boolean} on */
  showTyping(on) {
    if (on === this.#typing) return;
    this.#typing = on;
    const { toggle } = this.chat.displayLoadingBubble;
    if (on) toggle({ style: { html: TYPING_DOTS } });
    else toggle();
  }

  #append(role, node) {
    this.#slots += 1;
    const name = `slot-${this.#slots}`;
    this.chat.addMessage({ role, html: `<div class="slot" data-slot="${name}"></div>` });
    this.log.querySelector(`[data-slot="${name}"]`).append(node);
  }

  #retireAnswers() {
    if (this.shadow.activeElement?.closest("[data-answers]")) {
      this.log.focus({ preventScroll: true });
      this.#focusFollowsReply = true;
    }
    for (const answers of this.log.querySelectorAll("[data-answers]")) answers.remove();
  }

  #focusAnswer(nodes) {
    const next = nodes.map((node) => node.querySelector("[data-answers] button")).find(Boolean);
    (next ?? this.input).focus({ preventScroll: true });
  }

  /** deep-chat scrolls in timers of its own; this one is queued behind them. @param {HTMLElement} node */
  #reveal(node) {
    setTimeout(() => {
      const offset = node.getBoundingClientRect().top - this.log.getBoundingClientRect().top;
      this.log.scrollTop += offset - SPACE_ABOVE;
    });
  }
}
