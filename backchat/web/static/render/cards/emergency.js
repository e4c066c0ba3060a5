/** The emergency card: the call comes first and is one large tap; nothing else is offered. */
import {
  EMERGENCY_STEPS,
  FIND_NUMBER,
  LOCAL_NUMBER,
  TELL_STAFF,
  callNumber,
} from "../../wording.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeLink } from "../links.js";
import { asLines, renderInline } from "../markdown.js";
import { tellReasonForHelp } from "../reasons_for_help.js";
import { paragraph, titledList } from "./parts.js";

/**
 * @param {{title: string, lead?: string, why?: string, number?: string | null, tel?: string | null,
 *          steps?: string[], tell_staff?: string | string[]}} card `number` as a reply writes it,
 *   `tel` what a phone dials; empty where the region is unknown
 * @param {import("../cards.js").TurnContext} context
 */
export function renderEmergency(card, context) {
  tellReasonForHelp(true);
  return el(
    "section",
    { class: "card card--emergency" },
    el("h3", { class: "card__title" }, icon("emergency"), el("span", {}, card.title)),
    paragraph("card__lead", card.lead ?? callNumber(card.number || LOCAL_NUMBER)),
    renderCall(card, context),
    paragraph("card__why", card.why),
    ...titledList(EMERGENCY_STEPS, "ol", card.steps),
    ...renderScript(card.tell_staff),
  );
}

/** @returns {HTMLElement} a link that dials, or the way to all numbers. */
function renderCall({ number, tel }, { openHelp }) {
  const href = tel ? safeLink(`tel:${tel.replace(/^tel:/, "")}`) : null;
  return href === null
    ? el("button", { type: "button", class: "call", onclick: openHelp }, FIND_NUMBER)
    : el("a", { class: "call", href }, icon("phone"), callNumber(number));
}

/** What to tell the staff. @param {unknown} words */
function renderScript(words) {
  const lines = asLines(words).map((line) =>
    el("p", { class: "card__say" }, ...renderInline(line)),
  );
  return lines.length === 0 ? [] : [el("h4", { class: "card__subtitle" }, TELL_STAFF), ...lines];
}
