/** The result of a triage: level in words and icon, reasons with the person's words, what to do. */
import { LEVELS, WHAT_TO_DO, WHY, checkAgain } from "../../wording.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { renderInline } from "../markdown.js";
import { paragraph, signed, titledList } from "./parts.js";

const STYLES = {
  SELF_CARE: "care",
  SEE_PROVIDER: "provider",
  URGENT_SAME_DAY: "urgent",
};

/**
 * @param {{level: string, title: string, timeframe_text?: string, reasons?: ({text: string, quote?: string} | string)[],
 *          points?: string[], check_again?: string, safety_net?: string}} card
 */
export function renderAssessment(card) {
  const style = STYLES[card.level];
  if (style === undefined) throw new Error(`unknown level ${card.level}`);
  return el(
    "section",
    { class: `card card--${style}` },
    el("p", { class: "card__level" }, icon(style), LEVELS[card.level]),
    el("h3", { class: "card__title" }, card.title),
    paragraph("card__lead", card.timeframe_text),
    ...titledList(WHY, "ul", card.reasons, renderReason),
    ...titledList(WHAT_TO_DO, "ul", card.points),
    signed("card__note", icon("clock"), card.check_again && checkAgain(card.check_again)),
    signed("card__net", icon("shield"), card.safety_net),
  );
}

/** @param {{text: string, quote?: string} | string} reason @returns {(Node | string)[]} */
function renderReason(reason) {
  if (typeof reason === "string") return renderInline(reason);
  const quote = reason.quote ? [" ", el("q", { class: "quote" }, reason.quote)] : [];
  return [...renderInline(reason.text), ...quote];
}
