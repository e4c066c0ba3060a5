/** What one message looks like, for either speaker. */
import { BOT, YOU } from "../wording.js";
import { renderCard } from "./cards.js";
import { asList, el, spoken } from "./dom.js";
import { renderMarkdown } from "./markdown.js";
import { renderPicture } from "./picture.js";

/** The person's words, exactly as typed. @param {string} text */
export function renderPerson(text) {
  return el(
    "div",
    { class: "message message--person" },
    spoken(YOU),
    el("p", { class: "bubble bubble--person" }, text),
  );
}

/**
 * @param {{text?: string, image?: any, card?: any, buttons?: {title: string, payload: string}[]}} message
 * @param {import("./cards.js").TurnContext} context
 */
export function renderBot(message, context) {
  const card = renderCard(message.card, context);
  const text = card !== null && message.card.covers_text ? "" : String(message.text ?? "");
  return el(
    "div",
    { class: "message message--bot" },
    spoken(BOT),
    text.trim() === "" ? null : el("div", { class: "bubble bubble--bot" }, ...renderMarkdown(text)),
    renderPicture(message.image, context.base),
    card,
    renderChoices(asList(message.buttons), context),
  );
}

/** @param {{title: string, payload: string}[]} buttons @param {import("./cards.js").TurnContext} context */
function renderChoices(buttons, { choose }) {
  if (buttons.length === 0) return null;
  return el(
    "div",
    { class: "choices", "data-answers": true },
    ...buttons.map((button) =>
      el("button", { type: "button", class: "chip", onclick: () => choose(button) }, button.title),
    ),
  );
}
