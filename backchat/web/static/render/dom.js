/** Building elements. Text always becomes text nodes, so that nothing is ever parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | EventListener>} [attributes] `onclick`-like
 *   functions become listeners; `true` sets an empty attribute, `false` and null none.
 * @param {...(Node | string | null)} children nulls are left out
 */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG elements. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text that only a screen reader reads out. @param {string} text */
export function spoken(text) {
  return el("span", { class: "visually-hidden" }, text);
}

/**
 * A list element, or null when there is nothing to list.
 *
 * @param {"ul" | "ol"} tag @param {(Node | string)[][]} items the content of each entry
 */
export function list(tag, items) {
  return items.length === 0
    ? null
    : el(tag, {}, ...items.map((content) => el("li", {}, ...content)));
}

/** @param {unknown} value a list, one item or nothing @returns {any[]} */
export function asList(value) {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === "" ? [] : [value];
}
