/** One stretch of a session: its drawing, its steps, and the pace that the person starts. */
import {
  CUES,
  EASIER,
  HURTS,
  LONGER,
  NEXT_STEP,
  PREVIOUS_STEP,
  SESSION_BACK,
  SESSION_NEXT,
  SESSION_PAUSE,
  SESSION_RESUME,
  SESSION_SKIP,
  SESSION_START,
  SIDES,
  SMALL_RANGE,
  STEPS,
  repetitionOf,
  stepOf,
  stretchDone,
  stretchOf,
} from "../../wording.js";
import { button, foldedList, paragraph, titledList } from "../cards/parts.js";
import { el } from "../dom.js";
import { renderPicture } from "../picture.js";
import { movesOf } from "./moves.js";
import { Pacer } from "./pacer.js";

const LONGER_SECONDS = 5;

/**
 * @typedef {object} Stretch
 * @property {string} id
 * @property {string} name
 * @property {string[]} steps
 * @property {number} repetitions
 * @property {number} hold_seconds
 * @property {number} sides
 * @property {string} easier
 * @property {boolean} small_range
 * @property {{src: string, alt: string}} image
 */

/**
 * @param {Stretch} stretch
 * @param {{number: number, of: number, base: string, announce: (text: string) => void,
 *          onBack: (() => void) | null, onNext: () => void, onHurts: () => void}} session
 * @returns {{element: HTMLElement, heading: HTMLElement, pause: () => void}}
 */
export function openExercise(stretch, session) {
  const heading = el("h3", { class: "card__title", tabindex: "-1" }, stretch.name);
  const cue = el("p", { class: "session__cue" });
  const face = el("p", { class: "session__seconds", "aria-hidden": "true" });
  const count = el("p", { class: "session__count" });
  const toggle = button(SESSION_START, toggleRunning, "chip chip--strong");
  const longer = button(LONGER, () => pacer.extend(LONGER_SECONDS));
  const next = button(SESSION_SKIP, session.onNext);
  const moves = movesOf(stretch);
  const pacer = new Pacer(moves, {
    onMove: showMove,
    onTick: (left) => {
      face.textContent = String(Math.ceil(left / 1000));
    },
    onEnd: finish,
    isShown: () => face.isConnected,
  });

  function toggleRunning() {
    if (pacer.isRunning) {
      pacer.pause();
      toggle.textContent = SESSION_RESUME;
      return;
    }
    pacer.start();
    toggle.textContent = SESSION_PAUSE;
    longer.hidden = false;
  }

  /** @param {import("./moves.js").Move} move */
  function showMove({ phase, seconds, repetition, side }) {
    cue.textContent = CUES[phase];
    face.textContent = String(seconds);
    const which = side === null ? "" : SIDES[side];
    count.textContent = repetitionOf(repetition, stretch.repetitions, which);
    if (phase === moves[0].phase) session.announce(`${CUES[phase]}. ${count.textContent}`);
  }

  function finish() {
    for (const each of [toggle, longer, face]) each.hidden = true;
    cue.textContent = stretchDone(stretch.name);
    next.textContent = SESSION_NEXT;
    next.className = "chip chip--strong";
    session.announce(cue.textContent);
    if (toggle.getRootNode().activeElement === null) next.focus();
  }

  longer.hidden = true;
  const element = el(
    "div",
    { class: "session__exercise" },
    el("p", { class: "session__progress" }, stretchOf(session.number, session.of)),
    heading,
    renderPicture(stretch.image, session.base, stretch.name),
    el("div", { class: "session__pace" }, face, el("div", {}, cue, count)),
    el(
      "div",
      { class: "choices" },
      toggle,
      longer,
      session.onBack && button(SESSION_BACK, session.onBack),
      next,
      button(HURTS, session.onHurts, "chip chip--stop"),
    ),
    paragraph("session__note", stretch.small_range ? SMALL_RANGE : ""),
    prefersStillness()
      ? stepThrough(stretch.steps)
      : el("div", {}, ...titledList(STEPS, "ol", stretch.steps)),
    foldedList(EASIER, stretch.easier),
  );
  return { element, heading, pause: () => pacer.pause() };
}

/** The steps one by one, for people who asked for no motion. @param {string[]} steps */
function stepThrough(steps) {
  let at = 0;
  const shown = el("p", { class: "session__step", "aria-live": "polite" });
  const previous = button(PREVIOUS_STEP, () => show(at - 1));
  const following = button(NEXT_STEP, () => show(at + 1));

  function show(index) {
    at = index;
    shown.textContent = `${stepOf(at + 1, steps.length)} ${steps[at]}`;
    previous.disabled = at === 0;
    following.disabled = at === steps.length - 1;
  }

  show(0);
  return el("div", {}, shown, el("div", { class: "choices" }, previous, following));
}

function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
