/** Eleven scores from 0 to 10 as a radio group: arrow keys choose, Enter or a tap sends. */
import { PAIN_NONE, PAIN_SCALE, PAIN_WORST, sendScore } from "../../wording.js";
import { el } from "../dom.js";
import { button } from "./parts.js";

const SCORES = Array.from({ length: 11 }, (_, score) => score);
let groups = 0;

/** @param {object} card @param {import("../cards.js").TurnContext} context */
export function renderPainScale(card, { say }) {
  groups += 1;
  const name = `pain-${groups}`;
  const send = button("", () => say(`${chosen()}/10`), "chip chip--strong");
  send.hidden = true;
  const scores = el(
    "div",
    { class: "scale__scores" },
    ...SCORES.map((score) => renderScore(score, name)),
  );
  const scale = el(
    "fieldset",
    { class: "scale", "data-answers": true, onchange: offer, onclick: tap, onkeydown: enter },
    el("legend", {}, PAIN_SCALE),
    scores,
    el(
      "div",
      { class: "scale__ends", "aria-hidden": "true" },
      el("span", {}, `0 ${PAIN_NONE}`),
      el("span", {}, `10 ${PAIN_WORST}`),
    ),
    send,
  );

  function chosen() {
    return scores.querySelector("input:checked")?.value ?? null;
  }

  function offer() {
    send.hidden = false;
    send.textContent = sendScore(chosen());
  }

  /** A pointer means the score; arrow keys, which also click, only choose it. */
  function tap(event) {
    if (event.target.matches("input") && event.detail > 0) say(`${event.target.value}/10`);
  }

  function enter(event) {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    say(`${event.target.value}/10`);
  }

  return scale;
}

/** @param {number} score @param {string} name of the group */
function renderScore(score, name) {
  return el(
    "label",
    { class: "scale__score" },
    el("input", { type: "radio", name, value: score, "aria-label": spokenScore(score) }),
    el("span", { "aria-hidden": "true" }, String(score)),
  );
}

/** @param {number} score */
function spokenScore(score) {
  if (score === SCORES.at(0)) return `${score}, ${PAIN_NONE}`;
  return score === SCORES.at(-1) ? `${score}, ${PAIN_WORST}` : String(score);
}
