/**
 * Turns waiting to be delivered: in order, one at a time.
 *
 * A turn that could not be delivered stays first, keeps its id and blocks those behind it, so that
 * nothing the person said is lost, doubled or overtaken. What waits outlives a reload of the tab.
 */
import { Unreachable } from "./api.js";
import { recall, remember, untilClosed } from "./storage.js";

const KEY = "outbox";

/** @typedef {{id: string, shown: string | null, [field: string]: unknown}} Turn `shown`: as the person sees it */

export class Outbox {
  /** @type {Turn[]} */
  #waiting = [];
  #delivering = false;
  #generation = 0;

  /**
   * @param {(turn: Turn) => Promise<object>} deliver
   * @param {{onDelivered: (turn: Turn, reply: object) => Promise<void>,
   *          onStuck: (problem: Unreachable) => void,
   *          onBusy: (busy: boolean) => void}} listener
   */
  constructor(deliver, listener) {
    this.deliver = deliver;
    this.listener = listener;
  }

  get isEmpty() {
    return this.#waiting.length === 0;
  }

  /** Take up what an earlier load of this tab left undelivered. @returns {Turn[]} */
  restore() {
    this.#waiting = parseTurns(recall(KEY, untilClosed()));
    return [...this.#waiting];
  }

  /** @param {Turn} turn */
  add(turn) {
    this.#waiting.push(turn);
    this.#keep();
    return this.flush();
  }

  /** Forget what is waiting; an answer still under way is dropped when it comes. */
  clear() {
    this.#waiting = [];
    this.#generation += 1;
    this.#keep();
  }

  async flush() {
    if (this.#delivering || this.isEmpty) return;
    this.#delivering = true;
    this.listener.onBusy(true);
    let problem = null;
    try {
      while (!this.isEmpty && problem === null) {
        problem = await this.#deliverFirst();
      }
    } finally {
      this.#delivering = false;
      this.listener.onBusy(false);
    }
    if (problem !== null) this.listener.onStuck(problem);
  }

  /** @returns {Promise<Unreachable | null>} what kept the first turn from being delivered. */
  async #deliverFirst() {
    const generation = this.#generation;
    const [turn] = this.#waiting;
    let reply;
    try {
      reply = await this.deliver(turn);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return generation === this.#generation ? error : null;
    }
    if (generation === this.#generation) {
      this.#waiting.shift();
      this.#keep();
      await this.listener.onDelivered(turn, reply);
    }
    return null;
  }

  #keep() {
    remember(KEY, JSON.stringify(this.#waiting), untilClosed());
  }
}

/** @param {string | null} text @returns {Turn[]} */
function parseTurns(text) {
  try {
    const turns = JSON.parse(text ?? "[]");
    return Array.isArray(turns) ? turns.filter((turn) => typeof turn?.id === "string") : [];
  } catch {
    return [];
  }
}
