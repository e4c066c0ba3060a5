/** Pieces that several cards share. */
import { SAFETY_NET } from "../../wording.js";
import { el, list } from "../dom.js";
import { icon } from "../icons.js";
import { asLines, renderInline } from "../markdown.js";

const NAMED = /^\*\*(?<name>[^*]+)\*\*:\s*(?<text>.+)$/s;

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

/**
 * A list behind its title, to be opened; null when there is nothing to list.
 *
 * @param {string} title @param {unknown} value see `asLines`
 */
export function foldedList(title, value) {
  const entries = list("ul", asLines(value).map(renderInline));
  return entries && folded(title, entries);
}

/** Something behind its title, to be opened. @param {string} title @param {...(Node | null)} content */
export function folded(title, ...content) {
  return el("details", { class: "fold" }, el("summary", {}, title), ...content);
}

/**
 * What is `**name**: text` as its name, to be opened for the text; anything else in full.
 *
 * @param {string} entry @returns {(Node | string)[]}
 */
export function renderNamed(entry) {
  const { name, text } = NAMED.exec(entry)?.groups ?? {};
  if (name === undefined) return renderInline(entry);
  return [folded(name, el("p", {}, ...renderInline(text)))];
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

/**
 * When to get emergency help after all: in full, or folded where the person has had it before.
 *
 * @param {unknown} text @param {boolean} [folds]
 */
export function safetyNet(text, folds = false) {
  if (!folds || !text) return signed("card__net", icon("shield"), text);
  return el("div", { class: "card__net" }, folded(SAFETY_NET, paragraph("", text)));
}

/** @param {string} name @param {unknown} value @returns {HTMLElement[]} a row of a `dl` */
export function fact(name, value) {
  const isGiven = value !== undefined && value !== null && value !== "";
  return isGiven ? [el("dt", {}, name), el("dd", {}, ...renderInline(String(value)))] : [];
}

/** @param {string} label @param {() => void} press @param {string} [style] */
export function button(label, press, style = "chip") {
  return el("button", { type: "button", class: style, onclick: press }, label);
}
