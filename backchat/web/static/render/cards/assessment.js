/** The result of a triage: level in words and icon, reasons with the person's words, what to do. */
import { LEVELS, SOURCES, WHAT_TO_DO, WHY, WHY_THAT, checkAgain, ruleName } from "../../wording.js";
import { asList, el, list } from "../dom.js";
import { icon } from "../icons.js";
import { renderInline, renderLink } from "../markdown.js";
import { tellReasonForHelp } from "../reasons_for_help.js";
import { folded, paragraph, renderNamed, safetyNet, signed, titledList } from "./parts.js";

const STYLES = {
  SELF_CARE: "care",
  SEE_PROVIDER: "provider",
  URGENT_SAME_DAY: "urgent",
};

/**
 * @typedef {{text: string, quote?: string, quotes?: string[], rule?: string, name?: string,
 *            sources?: {title: string, url: string | null}[]}} Reason
 */

/**
 * @param {{level: string, title: string, timeframe_text?: string, reasons?: (Reason | string)[],
 *          points?: string[], check_again?: string, safety_net?: string, folds_net?: boolean}} card
 */
export function renderAssessment(card) {
  const style = STYLES[card.level];
  if (style === undefined) throw new Error(`unknown level ${card.level}`);
  if (card.level !== "SELF_CARE") tellReasonForHelp(card.level === "URGENT_SAME_DAY");
  return el(
    "section",
    { class: `card card--${style}` },
    el("p", { class: "card__level" }, icon(style), LEVELS[card.level]),
    el("h3", { class: "card__title" }, card.title),
    paragraph("card__lead", card.timeframe_text),
    ...titledList(WHY, "ul", card.reasons, renderReason),
    ...titledList(WHAT_TO_DO, "ul", card.points, renderNamed),
    signed("card__note", icon("clock"), card.check_again && checkAgain(card.check_again)),
    safetyNet(card.safety_net, card.folds_net),
  );
}

/** @param {Reason | string} reason @returns {(Node | string | null)[]} */
function renderReason(reason) {
  if (typeof reason === "string") return renderInline(reason);
  const quotes = asList(reason.quotes ?? reason.quote);
  const said = quotes.flatMap((quote) => [el("q", { class: "quote" }, quote), " "]);
  return [...said, ...renderInline(reason.text), renderRule(reason)].filter(Boolean);
}

/** The rule behind a reason and where it comes from. @param {Reason} reason */
function renderRule({ rule, name, sources }) {
  if (!rule) return null;
  const cited = asList(sources).map(({ title, url }) => [(url && renderLink(title, url)) || title]);
  return folded(
    WHY_THAT,
    el("p", {}, ruleName(name, rule)),
    cited.length === 0 ? null : el("p", { class: "fold__label" }, SOURCES),
    list("ul", cited),
  );
}
