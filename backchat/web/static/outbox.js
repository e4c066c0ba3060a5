/**
 * Turns waiting to be delivered: in order, one at a time.
 *
 * A turn that could not be delivered stays first, keeps its id and blocks those behind it, so that
 * nothing the person said is lost, doubled or overtaken.
 */
import { Unreachable } from "./api.js";

export class Outbox {
  #waiting = [];
  #delivering = false;
  #generation = 0;

  /**
   * @param {(turn: object) => Promise<object>} deliver
   * @param {{onDelivered: (turn: object, reply: object) => void,
   *          onStuck: (problem: Unreachable) => void,
   *          onBusy: (busy: boolean) => void}} listener
   */
  constructor(deliver, listener) {
    this.deliver = deliver;
    this.listener = listener;
  }

  /** @param {object} turn */
  add(turn) {
    this.#waiting.push(turn);
    return this.flush();
  }

  /** Forget what is waiting; an answer still under way is dropped when it comes. */
  clear() {
    this.#waiting = [];
    this.#generation += 1;
  }

  async flush() {
    if (this.#delivering || this.#waiting.length === 0) return;
    this.#delivering = true;
    this.listener.onBusy(true);
    let problem = null;
    try {
      while (this.#waiting.length > 0 && problem === null) {
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
      this.listener.onDelivered(turn, reply);
    }
    return null;
  }
}
