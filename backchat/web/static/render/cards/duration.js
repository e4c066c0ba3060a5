/** When the pain began: what comes closest, or a day and a time. */
import { PICK_MOMENT, SINCE_WHEN, USE_MOMENT, agoInWords } from "../../wording.js";
import { el } from "../dom.js";
import { button, folded } from "./parts.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * @param {object} card @param {import("../cards.js").TurnContext} context
 * @param {{title: string, payload: string}[]} choices
 */
export function renderDuration(card, { say, choose }, choices) {
  const input = el("input", {
    type: "datetime-local",
    "aria-label": PICK_MOMENT,
    max: localMinute(new Date()),
  });
  return el(
    "section",
    { class: "card card--duration", "data-answers": true },
    el("h3", { class: "card__title" }, SINCE_WHEN),
    el(
      "div",
      { class: "choices" },
      ...choices.map((choice) => button(choice.title, () => choose(choice))),
    ),
    folded(
      PICK_MOMENT,
      el(
        "form",
        { class: "moment", novalidate: true, onsubmit: use },
        input,
        el("button", { type: "submit", class: "chip chip--strong" }, USE_MOMENT),
      ),
    ),
  );

  /** A future or missing moment stays in the box. @param {SubmitEvent} event */
  function use(event) {
    event.preventDefault();
    const ago = Date.now() - new Date(input.value).getTime();
    if (ago >= 0) say(agoInWords(Math.max(1, Math.round(ago / HOUR_MS))));
    else input.focus();
  }
}

/** @param {Date} moment @returns {string} as the input writes it, in the person's own time */
function localMinute(moment) {
  const local = moment.getTime() - moment.getTimezoneOffset() * MINUTE_MS;
  return new Date(local).toISOString().slice(0, 16);
}
