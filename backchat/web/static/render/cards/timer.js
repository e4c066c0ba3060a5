/**
 * A countdown for ice or heat. The person chooses the minutes, starts, pauses and extends it; half
 * way and at the end it says to look at the skin. It goes when help is urgent.
 */
import {
  ASK_FIRST_IF,
  HOW_TO_USE,
  TIMER_ADD,
  TIMER_DONE,
  TIMER_LESS,
  TIMER_MORE,
  TIMER_PAUSE,
  TIMER_RESET,
  TIMER_RESUME,
  TIMER_START,
  timerMost,
} from "../../wording.js";
import { Countdown, clock } from "../countdown.js";
import { el } from "../dom.js";
import { onReasonForHelp } from "../reasons_for_help.js";
import { button, foldedList, titledList } from "./parts.js";

const MINUTE_MS = 60_000;

/**
 * @param {{minutes: number, label: string, least?: number, most?: number, rules?: string[],
 *          ask_first?: string[], skin_check?: string, done?: string}} card
 */
export function renderTimer(card) {
  const { label, minutes, least = minutes, most = minutes } = card;
  let chosen = minutes;
  let reminded = false;
  const face = el("p", { class: "timer__face", role: "timer", "aria-label": label });
  const status = el("p", { class: "timer__status", role: "status" });
  const toggle = button(TIMER_START, startOrPause, "chip chip--strong");
  const less = button(TIMER_LESS, () => choose(chosen - 1));
  const more = button(TIMER_MORE, () => choose(chosen + 1));
  const add = button(TIMER_ADD, extend);
  const reset = button(TIMER_RESET, rewind);
  const countdown = new Countdown(minutes * MINUTE_MS, {
    onTick: tick,
    onEnd: finish,
    isShown: () => face.isConnected,
  });

  function startOrPause() {
    if (countdown.isRunning) pause();
    else run();
  }

  function run() {
    if (countdown.left === 0) rewind();
    countdown.start();
    show();
  }

  function pause() {
    countdown.pause();
    show();
  }

  function rewind() {
    reminded = false;
    status.textContent = "";
    countdown.pause();
    countdown.set(chosen * MINUTE_MS);
    show();
  }

  /** @param {number} wanted minutes, before the start */
  function choose(wanted) {
    chosen = Math.min(most, Math.max(least, wanted));
    rewind();
  }

  function extend() {
    chosen += 1;
    countdown.set(countdown.left + MINUTE_MS);
    show();
  }

  function finish() {
    status.textContent = card.done ?? TIMER_DONE;
    show();
  }

  function tick(left) {
    face.textContent = clock(left);
    if (!reminded && card.skin_check && left > 0 && left <= (chosen * MINUTE_MS) / 2) {
      reminded = true;
      status.textContent = card.skin_check;
    }
  }

  function show() {
    const isFresh = countdown.left === chosen * MINUTE_MS && !countdown.isRunning;
    toggle.textContent = countdown.isRunning
      ? TIMER_PAUSE
      : isFresh || countdown.left === 0
        ? TIMER_START
        : TIMER_RESUME;
    for (const each of [less, more]) each.hidden = !isFresh || least === most;
    less.disabled = chosen <= least;
    more.disabled = chosen >= most;
    add.hidden = isFresh || countdown.left === 0 || least === most;
    add.disabled = chosen >= most;
  }

  tick(countdown.left);
  show();
  const timer = el(
    "section",
    { class: "card card--timer" },
    el("h3", { class: "card__title" }, label),
    face,
    status,
    el("div", { class: "choices" }, toggle, less, more, add, reset),
    least === most ? null : el("p", { class: "timer__most" }, timerMost(most)),
    ...titledList(ASK_FIRST_IF, "ul", card.ask_first),
    foldedList(HOW_TO_USE, card.rules),
  );
  onReasonForHelp((isUrgent) => {
    if (!isUrgent) return;
    countdown.pause();
    timer.remove();
  });
  return timer;
}
