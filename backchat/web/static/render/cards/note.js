/** A result that is not final: what it sounds like so far, and what to do meanwhile. */
import { checkAgain } from "../../wording.js";
import { el, list } from "../dom.js";
import { icon } from "../icons.js";
import { asLines, renderInline } from "../markdown.js";
import { paragraph, safetyNet, signed } from "./parts.js";

/**
 * @param {{title: string, lead?: string, points?: string[], check_again?: string,
 *          safety_net?: string, folds_net?: boolean, closing?: string}} card
 */
export function renderNote(card) {
  return el(
    "section",
    { class: "card card--note" },
    el("h3", { class: "card__title" }, card.title),
    paragraph("", card.lead),
    list("ul", asLines(card.points).map(renderInline)),
    signed("card__note", icon("clock"), card.check_again && checkAgain(card.check_again)),
    paragraph("", card.closing),
    safetyNet(card.safety_net, card.folds_net),
  );
}
