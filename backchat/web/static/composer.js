/**
 * Writing a message: Enter and the send button, the length counter.
 *
 * Takes the place of deep-chat's own submission, which would draw the person's words as markdown.
 * A text over the limit can still be sent: the server reads it for danger signs before it refuses.
 */
import { charactersLeft, charactersOver } from "./wording.js";
import { el } from "./render/dom.js";

export const LIMIT = 1000;
const WARN_FROM = 900;

export class Composer {
  /**
   * @param {import("./chat_view.js").ChatView} view
   * @param {(text: string) => void} send
   */
  constructor({ shadow, input, sendButton }, send) {
    this.input = input;
    this.send = send;
    this.counter = el("p", { class: "counter", id: "counter", role: "status" });
    shadow.getElementById("chat-view").append(this.counter);
    input.setAttribute("aria-describedby", this.counter.id);
    input.addEventListener("input", () => this.#onInput());
    const pressed = (event) => event.composedPath().includes(sendButton);
    // Listening on the way down, ahead of deep-chat's own listeners.
    shadow.addEventListener("click", (event) => pressed(event) && this.#take(event), true);
    shadow.addEventListener(
      "keydown",
      (event) => {
        const sends =
          event.target === input ? isPlainEnter(event) : pressed(event) && isActivation(event);
        if (sends) this.#take(event);
      },
      true,
    );
  }

  /** Put a text back into an empty box. @param {string} text */
  restore(text) {
    if (this.#text() !== "") return;
    this.input.textContent = text;
    this.#notifyInput();
  }

  /** Add words at the end of what is in the box. @param {string} words */
  append(words) {
    this.input.textContent = `${this.#text()} ${words}`.trim();
    this.#notifyInput();
    this.input.focus();
  }

  #text() {
    return this.input.innerText.trim();
  }

  /** @param {Event} event */
  #take(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = this.#text();
    if (text === "") {
      this.input.focus();
      return;
    }
    this.input.replaceChildren();
    this.#notifyInput();
    this.send(text);
  }

  #notifyInput() {
    this.input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #onInput() {
    // A last line break would keep the placeholder away.
    if (this.input.textContent === "") this.input.replaceChildren();
    const left = LIMIT - this.#text().length;
    this.counter.classList.toggle("counter--over", left < 0);
    if (left > LIMIT - WARN_FROM) this.counter.textContent = "";
    else this.counter.textContent = left < 0 ? charactersOver(-left) : charactersLeft(left);
  }
}

/** @param {KeyboardEvent} event */
function isPlainEnter(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

/** @param {KeyboardEvent} event */
function isActivation(event) {
  return event.key === "Enter" || event.key === " ";
}
