/** Pieces that several cards share. */
import { el, list } from "../dom.js";
import { asLines, renderInline } from "../markdown.js";

/**
 * A subtitle with its list; nothing at all when there is nothing to list.
 *
 * @param {string} title
 * @param {"ul" | "ol"} tag
 * @param {unknown} value see `asLines`
 * @param {(entry: any) => (Node | string)[]} [renderEntry]
 * @returns {HTMLElement[]}
 */
export function titledList(title, tag, value, renderEntry = renderInline) {
  const entries = list(tag, asLines(value).map(renderEntry));
  return entries === null ? [] : [el("h4", { class: "card__subtitle" }, title), entries];
}

/** A paragraph of a card, or null without text. @param {string} style @param {unknown} text */
export function paragraph(style, text) {
  return text ? el("p", { class: style }, ...renderInline(String(text))) : null;
}

/** A paragraph behind an icon, or null without text. @param {string} style @param {SVGElement} sign */
export function signed(style, sign, text) {
  return text
    ? el("p", { class: style }, sign, el("span", {}, ...renderInline(String(text))))
    : null;
}

/** @param {string} name @param {unknown} value @returns {HTMLElement[]} a row of a `dl` */
export function fact(name, value) {
  const isGiven = value !== undefined && value !== null && value !== "";
  return isGiven ? [el("dt", {}, name), el("dd", {}, ...renderInline(String(value)))] : [];
}
