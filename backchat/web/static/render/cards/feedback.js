/** "Was this helpful?" under advice: the two answers among a message's buttons. */
import { WAS_IT_HELPFUL } from "../../wording.js";
import { el } from "../dom.js";
import { button } from "./parts.js";

const PAYLOAD = "/give_feedback";

/** @param {{payload: string}} offered */
export function isFeedback({ payload }) {
  return payload.startsWith(PAYLOAD);
}

/**
 * @param {{title: string, payload: string}[]} answers
 * @param {import("../cards.js").TurnContext} context
 * @returns {HTMLElement | null} null without answers
 */
export function renderFeedback(answers, { choose }) {
  if (answers.length === 0) return null;
  return el(
    "div",
    { class: "feedback", role: "group", "aria-label": WAS_IT_HELPFUL, "data-answers": true },
    el("span", { "aria-hidden": "true" }, WAS_IT_HELPFUL),
    ...answers.map((each) => button(each.title, () => choose(each), "feedback__answer")),
  );
}
