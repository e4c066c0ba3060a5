/** What was said so far, as names and values. */
import { asList, el } from "../dom.js";
import { fact } from "./parts.js";

/** @param {{title: string, rows?: {label: string, value: string}[]}} card */
export function renderSummary(card) {
  return el(
    "section",
    { class: "card card--summary" },
    el("h3", { class: "card__title" }, card.title),
    el(
      "dl",
      { class: "facts" },
      ...asList(card.rows).flatMap(({ label, value }) => fact(label, value)),
    ),
  );
}
