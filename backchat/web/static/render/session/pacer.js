/** Leads through the moves of a stretch; it can be paused at any moment and held longer. */
import { Countdown } from "../countdown.js";

const SECOND_MS = 1000;

export class Pacer {
  #at = 0;
  #countdown;

  /**
   * @param {import("./moves.js").Move[]} moves
   * @param {{onMove: (move: import("./moves.js").Move) => void, onTick: (left: number) => void,
   *          onEnd: () => void, isShown: () => boolean}} hooks
   */
  constructor(moves, { onMove, onTick, onEnd, isShown }) {
    this.moves = moves;
    this.onMove = onMove;
    this.onEnd = onEnd;
    this.#countdown = new Countdown(moves[0].seconds * SECOND_MS, {
      onTick,
      onEnd: () => this.#advance(),
      isShown,
    });
  }

  get isRunning() {
    return this.#countdown.isRunning;
  }

  /** Nothing of it was done yet. */
  get isFresh() {
    return this.#at === 0 && this.#countdown.left === this.moves[0].seconds * SECOND_MS;
  }

  start() {
    this.onMove(this.moves[this.#at]);
    this.#countdown.start();
  }

  pause() {
    this.#countdown.pause();
  }

  /** @param {number} seconds more of the present move */
  extend(seconds) {
    this.#countdown.set(this.#countdown.left + seconds * SECOND_MS);
  }

  #advance() {
    this.#at += 1;
    if (this.#at === this.moves.length) {
      this.onEnd();
      return;
    }
    this.#countdown.set(this.moves[this.#at].seconds * SECOND_MS);
    this.start();
  }
}
