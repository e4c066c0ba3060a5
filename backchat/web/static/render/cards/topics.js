/** Several things at a glance, each to be opened for the whole of it. */
import { el, list } from "../dom.js";
import { asLines } from "../markdown.js";
import { paragraph, renderNamed, titledList } from "./parts.js";

/**
 * @param {{title: string, lead?: string, items: string | string[], numbered?: boolean,
 *          warning_title?: string, warning?: string, points_title?: string, points?: string[],
 *          note?: string}} card an item is `**name**: text`; one without a name is shown in full
 */
export function renderTopics(card) {
  return el(
    "section",
    { class: "card card--topics" },
    el("h3", { class: "card__title" }, card.title),
    paragraph("", card.lead),
    renderWarning(card),
    list(card.numbered ? "ol" : "ul", asLines(card.items).map(renderNamed)),
    ...titledList(card.points_title, "ul", card.points),
    paragraph("", card.note),
  );
}

/** What must not stay folded. @param {{warning_title?: string, warning?: string}} card */
function renderWarning({ warning_title: title, warning }) {
  const lines = titledList(title, "ul", warning);
  return lines.length === 0 ? null : el("div", { class: "card__skip" }, ...lines);
}
