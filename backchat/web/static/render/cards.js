/**
 * Cards by type. A renderer gets the card and the turn's context and gives one element; a type that
 * is not listed here is shown by the message's text alone.
 */
import { renderAssessment } from "./cards/assessment.js";
import { renderEmergency } from "./cards/emergency.js";
import { renderPainScale } from "./cards/pain_scale.js";
import { renderStretch } from "./cards/stretch.js";
import { renderSummary } from "./cards/summary.js";
import { renderTimer } from "./cards/timer.js";

const RENDERERS = new Map([
  ["assessment", renderAssessment],
  ["emergency", renderEmergency],
  ["pain_scale", renderPainScale],
  ["stretch", renderStretch],
  ["summary", renderSummary],
  ["timer", renderTimer],
]);

/**
 * @typedef {object} TurnContext
 * @property {string} base where the channel is mounted
 * @property {(text: string) => void} say answer in words
 * @property {(button: {title: string, payload: string}) => void} choose press an offered button
 * @property {() => void} openHelp show the emergency advice
 */

/**
 * @param {any} card @param {TurnContext} context
 * @returns {HTMLElement | null} null when it cannot be drawn: the message's text then says it
 */
export function renderCard(card, context) {
  try {
    return RENDERERS.get(card?.type)?.(card, context) ?? null;
  } catch (error) {
    console.error("card not drawn", card, error);
    return null;
  }
}
