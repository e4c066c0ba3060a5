/** A countdown that can be paused and extended; it acts only while it can be seen. */

const TICK_MS = 250;

export class Countdown {
  #ticking = null;
  #end = 0;
  #left;

  /**
   * @param {number} ms how long
   * @param {{onTick: (left: number) => void, onEnd: () => void, isShown: () => boolean}} hooks
   */
  constructor(ms, { onTick, onEnd, isShown }) {
    this.#left = ms;
    this.onTick = onTick;
    this.onEnd = onEnd;
    this.isShown = isShown;
  }

  /** What is left, in milliseconds. */
  get left() {
    return this.#left;
  }

  get isRunning() {
    return this.#ticking !== null;
  }

  start() {
    if (this.isRunning) return;
    this.#end = performance.now() + this.#left;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  pause() {
    clearInterval(this.#ticking);
    this.#ticking = null;
  }

  /** @param {number} ms what is left from now on */
  set(ms) {
    this.#left = ms;
    this.#end = performance.now() + ms;
    this.onTick(ms);
  }

  #tick() {
    if (!this.isShown()) {
      this.pause();
      return;
    }
    this.#left = Math.max(0, this.#end - performance.now());
    this.onTick(this.#left);
    if (this.#left > 0) return;
    this.pause();
    this.onEnd();
  }
}

/** @param {number} ms @returns {string} m:ss, rounded up so that 0:00 means over */
export function clock(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
