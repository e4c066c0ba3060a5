/**
 * Cards by type. A renderer gets the card, the turn's context and the message's buttons, and gives
 * one element; a type that is not listed here is shown by the message's text alone.
 *
 * A renderer is loaded when its first card comes, but for the emergency card, which waits for nothing.
 */
import { renderEmergency } from "./cards/emergency.js";

const LOADERS = {
  assessment: async () => (await import("./cards/assessment.js")).renderAssessment,
  chart: async () => (await import("./cards/chart.js")).renderChart,
  download: async () => (await import("./cards/download.js")).renderDownload,
  duration: async () => (await import("./cards/duration.js")).renderDuration,
  note: async () => (await import("./cards/note.js")).renderNote,
  pain_scale: async () => (await import("./cards/pain_scale.js")).renderPainScale,
  session: async () => (await import("./cards/session.js")).renderSession,
  stretch: async () => (await import("./cards/stretch.js")).renderStretch,
  summary: async () => (await import("./cards/summary.js")).renderSummary,
  timer: async () => (await import("./cards/timer.js")).renderTimer,
  topics: async () => (await import("./cards/topics.js")).renderTopics,
};

const RENDERERS = new Map([["emergency", renderEmergency]]);

/**
 * Load what the cards of some messages need; one that cannot be loaded is shown by its text.
 *
 * @param {{card?: any}[]} messages
 */
export async function prepareCards(messages) {
  const types = new Set(messages.map(({ card }) => card?.type));
  await Promise.allSettled(
    Array.from(types, async (type) => {
      if (RENDERERS.has(type) || !Object.hasOwn(LOADERS, type)) return;
      RENDERERS.set(type, await LOADERS[type]());
    }),
  );
}

/**
 * @typedef {object} TurnContext
 * @property {string} base where the channel is mounted
 * @property {(text: string) => void} say answer in words
 * @property {(button: {title: string, payload: string}) => void} choose press an offered button
 * @property {() => void} openHelp show the emergency advice
 * @property {() => Promise<string>} download save the person's data as a file; what to tell them
 */

/**
 * @param {any} card @param {TurnContext} context @param {{title: string, payload: string}[]} buttons
 * @returns {HTMLElement | null} null when it cannot be drawn: the message's text then says it
 */
export function renderCard(card, context, buttons) {
  try {
    return RENDERERS.get(card?.type)?.(card, context, buttons) ?? null;
  } catch (error) {
    console.error("card not drawn", card, error);
    return null;
  }
}
