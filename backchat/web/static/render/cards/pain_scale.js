/** Eleven buttons from 0 to 10, each an answer in words. */
import { PAIN_NONE, PAIN_SCALE, PAIN_WORST } from "../../wording.js";
import { el } from "../dom.js";

const SCORES = Array.from({ length: 11 }, (_, score) => score);

/** @param {object} card @param {import("../cards.js").TurnContext} context */
export function renderPainScale(card, { say }) {
  return el(
    "div",
    { class: "scale", role: "group", "aria-label": PAIN_SCALE, "data-answers": true },
    el(
      "div",
      { class: "scale__scores" },
      ...SCORES.map((score) =>
        el(
          "button",
          { type: "button", "aria-label": spokenScore(score), onclick: () => say(`${score}/10`) },
          String(score),
        ),
      ),
    ),
    el(
      "div",
      { class: "scale__ends", "aria-hidden": "true" },
      el("span", {}, `0 ${PAIN_NONE}`),
      el("span", {}, `10 ${PAIN_WORST}`),
    ),
  );
}

/** @param {number} score */
function spokenScore(score) {
  if (score === SCORES.at(0)) return `${score}, ${PAIN_NONE}`;
  return score === SCORES.at(-1) ? `${score}, ${PAIN_WORST}` : String(score);
}
