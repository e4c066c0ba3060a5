/**
 * A guided stretch session. Nothing starts by itself; a stretch that hurts is stopped and told to
 * the bot, which looks for signs of danger; at the end it asks how the back feels. A reason to get
 * help that comes up on the way ends the session.
 */
import {
  GO_ON,
  HOW_DOES_IT_FEEL,
  REST_AS_NEEDED,
  SESSION_BEGIN,
  SESSION_ENDED,
  SESSION_STOPPED,
  STOP_HERE,
  STOP_IF,
  stretchLeftOut,
} from "../../wording.js";
import { el, list } from "../dom.js";
import { onReasonForHelp } from "../reasons_for_help.js";
import { openExercise } from "../session/exercise.js";
import { button, paragraph, titledList } from "./parts.js";

const OUTCOMES = ["better", "same", "worse"];

/**
 * @param {{title: string, lead?: string, stop_if?: string[],
 *          stretches: import("../session/exercise.js").Stretch[],
 *          offers: Record<string, {title: string, payload: string}>}} card `offers` by the id of a
 *   stretch that hurts, and by how it went
 * @param {import("../cards.js").TurnContext} context
 */
export function renderSession(card, { base, choose }) {
  const { stretches, offers } = card;
  const hurting = new Set();
  let exercise = null;
  let isOver = false;
  const stage = el("div", { "aria-live": "off" });
  const status = el("p", { class: "visually-hidden", role: "status" });
  const session = el("section", { class: "card card--session" }, stage, status);

  /** @param {string} text */
  function announce(text) {
    status.textContent = text;
  }

  /** @param {HTMLElement} heading gets the focus @param {...(Node | null)} content */
  function show(heading, ...content) {
    exercise?.pause();
    exercise = null;
    stage.replaceChildren(...content.filter((each) => each !== null));
    heading.focus({ preventScroll: true });
  }

  /** @param {number} index of a stretch; one that hurt is passed over */
  function open(index) {
    if (index === stretches.length) {
      end();
      return;
    }
    const stretch = stretches[index];
    const before = lastBefore(index);
    const opened = openExercise(stretch, {
      number: index + 1,
      of: stretches.length,
      base,
      announce,
      onBack: before === null ? null : () => open(before),
      onNext: () => open(firstFrom(index + 1)),
      onHurts: () => hurts(index),
    });
    show(opened.heading, opened.element);
    exercise = opened;
    announce(stretch.name);
  }

  /** @param {number} index */
  function hurts(index) {
    const stretch = stretches[index];
    hurting.add(stretch.id);
    const heading = focusable(stretchLeftOut(stretch.name));
    show(
      heading,
      heading,
      el("p", {}, REST_AS_NEEDED),
      el(
        "div",
        { class: "choices" },
        button(GO_ON, () => open(firstFrom(index + 1))),
        button(STOP_HERE, end),
      ),
    );
    choose(offers[stretch.id]);
  }

  function end() {
    const heading = focusable(HOW_DOES_IT_FEEL);
    const outcomes = OUTCOMES.map((each) =>
      button(offers[each].title, () => {
        close(SESSION_ENDED);
        choose(offers[each]);
      }),
    );
    show(heading, heading, el("div", { class: "choices" }, ...outcomes));
    announce(HOW_DOES_IT_FEEL);
  }

  /** @param {string} reason */
  function close(reason) {
    if (isOver) return;
    isOver = true;
    exercise?.pause();
    exercise = null;
    stage.replaceChildren(el("h3", { class: "card__title" }, card.title), el("p", {}, reason));
  }

  /** @param {number} index @returns {number} the next that does not hurt, or how many there are */
  function firstFrom(index) {
    const offset = stretches.slice(index).findIndex(({ id }) => !hurting.has(id));
    return offset === -1 ? stretches.length : index + offset;
  }

  /** @param {number} index @returns {number | null} */
  function lastBefore(index) {
    const found = stretches.slice(0, index).findLastIndex(({ id }) => !hurting.has(id));
    return found === -1 ? null : found;
  }

  stage.append(
    el("h3", { class: "card__title" }, card.title),
    paragraph("", card.lead) ?? "",
    list("ol", stretches.map(({ name }) => [name])),
    ...titledList(STOP_IF, "ul", card.stop_if),
    el("div", { class: "choices" }, button(SESSION_BEGIN, () => open(0), "chip chip--strong")),
  );
  onReasonForHelp(() => close(SESSION_STOPPED));
  return session;
}

/** A heading that can be given the focus. @param {string} title */
function focusable(title) {
  return el("h3", { class: "card__title", tabindex: "-1" }, title);
}
