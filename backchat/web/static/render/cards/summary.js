/** What was said, found and advised, on one page for the visit; it can be printed. */
import { PRINT, showAll } from "../../wording.js";
import { asList, el, list } from "../dom.js";
import { asLines, renderInline } from "../markdown.js";
import { printAlone } from "../print.js";
import { button, folded, paragraph } from "./parts.js";

const NOTHING = "–";
const MANY_LINES = 6;

/** @typedef {{label: string, value: string, optional?: boolean}} Row `–` stands for nothing */

/** @param {{title: string, date?: string, note?: string, rows?: Row[]}} card */
export function renderSummary(card) {
  return el(
    "section",
    { class: "card card--summary" },
    ...sheet(card, foldMany),
    el(
      "div",
      { class: "choices" },
      button(PRINT, () => printAlone(sheet(card, inFull))),
    ),
  );
}

/** @param {object} card @param {(lines: string[]) => Node[]} renderLines @returns {HTMLElement[]} */
function sheet({ title, date, rows, note }, renderLines) {
  const shown = asList(rows).filter(({ optional, value }) => !(optional && value === NOTHING));
  return [
    el("h3", { class: "card__title" }, title),
    paragraph("summary__date", date),
    el(
      "dl",
      { class: "facts" },
      ...shown.flatMap(({ label, value }) => [
        el("dt", {}, label),
        el("dd", {}, ...renderLines(asLines(value))),
      ]),
    ),
    paragraph("summary__note", note),
  ].filter((part) => part !== null);
}

/** @param {string[]} lines @returns {(Node | string)[]} */
function inFull(lines) {
  return lines.length === 1
    ? renderInline(lines[0])
    : [list("ul", lines.map((each) => renderInline(each)))];
}

/** On the screen a long list waits to be opened. @param {string[]} lines */
function foldMany(lines) {
  const content = inFull(lines);
  return lines.length > MANY_LINES ? [folded(showAll(lines.length), ...content)] : content;
}
