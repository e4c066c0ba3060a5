/** One stretch: how, how much, an easier way, and who should leave it out. */
import { DOSE, EASIER, SKIP_IF, STEPS } from "../../wording.js";
import { el } from "../dom.js";
import { renderPicture } from "../picture.js";
import { fact, foldedList, titledList } from "./parts.js";

/**
 * @param {{name: string, steps?: string[], dose?: string, easier?: string, skip_if?: string[], image?: any}} card
 * @param {import("../cards.js").TurnContext} context
 */
export function renderStretch(card, context) {
  return el(
    "section",
    { class: "card card--stretch" },
    el("h3", { class: "card__title" }, card.name),
    renderPicture(card.image, context.base, card.name),
    ...titledList(STEPS, "ol", card.steps),
    el("dl", { class: "facts" }, ...fact(DOSE, card.dose), ...fact(EASIER, card.easier)),
    foldedList(SKIP_IF, card.skip_if),
  );
}
