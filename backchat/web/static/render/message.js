/** What one message looks like, for either speaker. */
import { BOT, CLINICIAN, YOU, writes } from "../wording.js";
import { isFeedback, renderFeedback } from "./cards/feedback.js";
import { renderCard } from "./cards.js";
import { asList, el, spoken } from "./dom.js";
import { icon } from "./icons.js";
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
 * A clinician's own words, told apart from the bot's.
 *
 * @param {{text?: string, author?: string}} message
 */
export function renderClinician({ text = "", author = CLINICIAN }) {
  return el(
    "div",
    { class: "message message--clinician" },
    el("p", { class: "message__author" }, icon("person"), el("span", {}, writes(author))),
    el("div", { class: "bubble bubble--clinician" }, ...renderMarkdown(text)),
  );
}

/**
 * @param {{text?: string, image?: any, card?: any, buttons?: {title: string, payload: string}[]}} message
 * @param {import("./cards.js").TurnContext} context
 */
export function renderBot(message, context) {
  const buttons = asList(message.buttons);
  const choices = buttons.filter((each) => !isFeedback(each));
  const card = renderCard(message.card, context, choices);
  const covered = card === null ? {} : message.card;
  const text = covered.covers_text ? "" : String(message.text ?? "");
  return el(
    "div",
    { class: "message message--bot" },
    spoken(BOT),
    text.trim() === "" ? null : el("div", { class: "bubble bubble--bot" }, ...renderMarkdown(text)),
    covered.covers_image ? null : renderPicture(message.image, context.base),
    card,
    covered.covers_buttons ? null : renderChoices(choices, context),
    renderFeedback(buttons.filter(isFeedback), context),
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
