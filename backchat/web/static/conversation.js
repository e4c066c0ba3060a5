/** The turns between the person and the bot: what is sent, what is shown, what waits. */
import { BUSY, LOST, REJECTED, START_OVER, TOO_LONG } from "./wording.js";
import { LIMIT } from "./composer.js";
import { Outbox } from "./outbox.js";
import { newMessageId, timezone } from "./session.js";
import { renderBot, renderPerson } from "./render/message.js";
import { renderNotice, renderStuck } from "./render/notice.js";

const OPEN = "/greet";
const START_OVER_PAYLOAD = "/start_over";
const STUCK_TEXT = { lost: LOST, busy: BUSY };

export class Conversation {
  #stuck = null;

  /**
   * @param {{api: import("./api.js").Api, view: import("./chat_view.js").ChatView,
   *          region: import("./region.js").Region, openHelp: () => void,
   *          giveBack: (text: string) => void}} parts `giveBack` returns a refused text to its author
   */
  constructor({ api, view, region, openHelp, giveBack }) {
    this.view = view;
    this.region = region;
    this.giveBack = giveBack;
    this.context = {
      base: api.base,
      say: (text) => this.say(text),
      choose: (button) => this.choose(button),
      openHelp,
    };
    this.outbox = new Outbox((turn) => api.sendTurn(turn), {
      onBusy: (busy) => this.#onBusy(busy),
      onDelivered: (turn, reply) => this.#onDelivered(turn, reply),
      onStuck: (problem) => this.#onStuck(problem),
    });
    window.addEventListener("online", () => this.outbox.flush());
  }

  /** Show what was said before, or let the bot open. @param {object[]} history oldest first */
  begin(history) {
    if (history.length === 0) {
      this.#send({ payload: OPEN });
      return;
    }
    const shown = history.filter(isShown);
    this.view.addHistory(
      shown.map((message) => ({ role: message.role, node: this.#renderEarlier(message) })),
    );
  }

  /** @param {string} text */
  say(text) {
    this.view.addPerson(renderPerson(text));
    this.#send({ text });
  }

  /** @param {{title: string, payload: string}} button */
  choose({ title, payload }) {
    this.view.addPerson(renderPerson(title));
    this.#send({ payload });
  }

  startOver() {
    this.choose({ title: START_OVER, payload: START_OVER_PAYLOAD });
  }

  /** After an erasure: nothing is kept here either. @param {string} notice */
  beginAfresh(notice) {
    this.outbox.clear();
    this.view.clear();
    this.view.addReply([renderNotice(notice)]);
    this.begin([]);
  }

  #send(content) {
    this.outbox.add({
      id: newMessageId(),
      ...content,
      timezone: timezone(),
      region: this.region.code ?? undefined,
    });
  }

  #renderEarlier(message) {
    return message.role === "person"
      ? renderPerson(message.text)
      : renderBot(message, this.context);
  }

  #onBusy(busy) {
    if (busy) this.#clearStuck();
    this.view.showTyping(busy);
  }

  #onDelivered(turn, { messages, error }) {
    const nodes = messages.map((message) => renderBot(message, this.context));
    if (error !== null) nodes.push(this.#refusal(turn, error));
    this.view.addReply(nodes);
  }

  #refusal({ text = "" }, error) {
    if (text.length <= LIMIT) return renderNotice(REJECTED, error);
    this.giveBack(text);
    return renderNotice(TOO_LONG);
  }

  #onStuck({ reason }) {
    this.#stuck = renderStuck(STUCK_TEXT[reason], this.region.place, () => this.outbox.flush());
    this.view.addReply([this.#stuck]);
  }

  #clearStuck() {
    this.#stuck?.remove();
    this.#stuck = null;
  }
}

/** Whether an earlier message has something to see: its text may have been erased. */
function isShown({ text, card, image }) {
  return Boolean(text || card || image);
}
