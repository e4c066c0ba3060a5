/** What the page itself has to say in the conversation, e.g. that the connection is lost. */
import { IN_AN_EMERGENCY, RETRY, callNumber } from "../wording.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** @param {string} text @param {string} [detail] */
export function renderNotice(text, detail = "") {
  return el(
    "div",
    { class: "message message--notice" },
    el(
      "div",
      { class: "notice" },
      el("p", {}, text),
      detail === "" ? null : el("p", { class: "notice__detail" }, detail),
    ),
  );
}

/**
 * @param {string} text
 * @param {{number: string, tel: string} | null} place
 * @param {() => void} retry
 */
export function renderStuck(text, place, retry) {
  return el(
    "div",
    { class: "message message--notice" },
    el(
      "div",
      { class: "notice notice--stuck" },
      el("p", { class: "notice__lead" }, icon("offline"), el("span", {}, text)),
      el(
        "p",
        {},
        IN_AN_EMERGENCY,
        " ",
        place ? el("a", { href: place.tel }, callNumber(place.number)) : null,
      ),
      el("button", { type: "button", class: "chip chip--strong", onclick: retry }, RETRY),
    ),
  );
}
