/** A countdown that the person starts, pauses and resets; it never acts by itself. */
import { TIMER_DONE, TIMER_PAUSE, TIMER_RESET, TIMER_RESUME, TIMER_START } from "../../wording.js";
import { el } from "../dom.js";

const TICK_MS = 250;

/** @param {{minutes: number, label: string}} card */
export function renderTimer({ minutes, label }) {
  const total = minutes * 60_000;
  const face = el("p", { class: "timer__face", role: "timer", "aria-label": label });
  const status = el("p", { class: "timer__status", role: "status" });
  const toggle = el(
    "button",
    { type: "button", class: "chip", onclick: () => (ticking === null ? run() : pause()) },
    TIMER_START,
  );
  const reset = el("button", { type: "button", class: "chip", onclick: rewind }, TIMER_RESET);
  let left = total;
  let ticking = null;

  function run() {
    if (left === 0) rewind();
    const end = performance.now() + left;
    ticking = setInterval(
      () => (face.isConnected ? show(Math.max(0, end - performance.now())) : pause()),
      TICK_MS,
    );
    toggle.textContent = TIMER_PAUSE;
    status.textContent = "";
  }

  function pause() {
    clearInterval(ticking);
    ticking = null;
    toggle.textContent = left === total || left === 0 ? TIMER_START : TIMER_RESUME;
  }

  function rewind() {
    left = total;
    pause();
    show(total);
    status.textContent = "";
  }

  function show(remaining) {
    left = remaining;
    face.textContent = clock(remaining);
    if (remaining > 0) return;
    pause();
    status.textContent = TIMER_DONE;
  }

  show(total);
  return el(
    "section",
    { class: "card card--timer" },
    el("h3", { class: "card__title" }, label),
    face,
    status,
    el("div", { class: "choices" }, toggle, reset),
  );
}

/** @param {number} ms @returns {string} m:ss, rounded up so that 0:00 means over */
function clock(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
