/** The turns between the person and the bot: what is sent, what is shown, what waits. */
import { BUSY, DATA_DELETED, LOST, REJECTED, START_OVER, TOO_LONG, VISIT_SUMMARY } from "./wording.js";
import { LIMIT } from "./composer.js";
import { downloadMyData } from "./my_data.js";
import { Outbox } from "./outbox.js";
import { Pushes } from "./pushes.js";
import { newMessageId, timezone } from "./session.js";
import { prepareCards } from "./render/cards.js";
import { renderBot, renderClinician, renderPerson } from "./render/message.js";
import { renderNotice, renderStuck } from "./render/notice.js";

const OPEN = "/greet";
const STUCK_TEXT = { lost: LOST, busy: BUSY };
/** Pushes that come within this time are shown as one reply. */
const GATHER_MS = 60;

export class Conversation {
  #stuck = null;
  /** Ids of the logged messages that are on the page. @type {Set<string>} */
  #shown = new Set();
  /** The person's words on the page whose turns are under way, by turn id. @type {Map<string, Element>} */
  #pending = new Map();
  /** Pushes not shown yet: while a turn is under way they may be its own. @type {object[]} */
  #held = [];
  #gathering = false;

  /**
   * @param {{api: import("./api.js").Api, view: import("./chat_view.js").ChatView,
   *          region: import("./region.js").Region, openHelp: () => void,
   *          giveBack: (text: string) => void, onConnected: (connected: boolean) => void,
   *          greeting?: string | null}} parts `giveBack` returns a refused text to its author;
   *   `greeting` is the host page's own, before the bot opens
   */
  constructor({ api, view, region, openHelp, giveBack, onConnected, greeting = null }) {
    this.api = api;
    this.view = view;
    this.region = region;
    this.giveBack = giveBack;
    this.greeting = greeting;
    this.context = {
      base: api.base,
      say: (text) => this.say(text),
      choose: (button) => this.choose(button),
      openHelp,
      download: () => downloadMyData(api),
    };
    this.outbox = new Outbox(({ shown, ...turn }) => api.sendTurn(turn), {
      onBusy: (busy) => this.#onBusy(busy),
      onDelivered: (turn, reply) => this.#onDelivered(turn, reply),
      onStuck: (problem) => this.#onStuck(problem),
    });
    this.pushes = new Pushes(api, {
      onMessage: (message) => this.#onPush(message),
      onErased: () => this.#onErasedElsewhere(),
      onConnected: (connected) => {
        onConnected(connected);
        if (connected) this.outbox.flush();
      },
    });
    window.addEventListener("online", () => this.outbox.flush());
  }

  /** Show what was said before, or let the bot open. @param {object[]} history oldest first */
  async begin(history) {
    await prepareCards(history);
    for (const { id } of history) this.#shown.add(id);
    this.view.addHistory(
      history
        .filter(isShown)
        .map((message) => ({ role: message.role, node: this.#render(message) })),
    );
    const undelivered = this.outbox.restore();
    for (const { id, shown } of undelivered) this.#showOwn(id, shown);
    if (history.length === 0 && undelivered.length === 0) this.#open();
    else this.outbox.flush();
    this.pushes.start(history.at(-1)?.id);
  }

  /** @param {string} text */
  say(text) {
    this.#send({ text }, text);
  }

  /** @param {{title: string, payload: string}} button */
  choose({ title, payload }) {
    this.#send({ payload }, title);
  }

  startOver() {
    this.choose(START_OVER);
  }

  askForSummary() {
    this.choose(VISIT_SUMMARY);
  }

  /** Erase everything, there and here. @throws {import("./api.js").Unreachable} it was not erased */
  async erase() {
    this.pushes.stop();
    try {
      await this.api.eraseData();
    } catch (error) {
      this.pushes.start(newest(this.#shown));
      throw error;
    }
    this.#forget();
    this.#open();
    this.pushes.start();
  }

  #open() {
    if (this.greeting !== null)
      this.view.addReply([renderBot({ text: this.greeting }, this.context)]);
    this.#send({ payload: OPEN }, null);
  }

  #send(content, shown) {
    const id = newMessageId();
    this.#showOwn(id, shown);
    this.outbox.add({
      id,
      ...content,
      shown,
      timezone: timezone(),
      region: this.region.code ?? undefined,
    });
  }

  #showOwn(id, shown) {
    if (shown !== null) this.#pending.set(id, this.view.addPerson(renderPerson(shown)));
  }

  #render(message) {
    if (message.role === "person") return renderPerson(message.text);
    if (message.role === "clinician") return renderClinician(message);
    return renderBot(message, this.context);
  }

  #onBusy(busy) {
    if (busy) this.#clearStuck();
    else this.#showHeld();
    this.view.showTyping(busy);
  }

  async #onDelivered(turn, { messages, said, error }) {
    await prepareCards(messages);
    const isRepeated = this.#shown.has(said);
    if (isRepeated) this.#pending.get(turn.id)?.remove();
    this.#pending.delete(turn.id);
    if (said !== null) this.#shown.add(said);
    const fresh = this.#unseen(messages);
    const nodes = (isRepeated ? fresh : messages).map((each) => renderBot(each, this.context));
    if (error !== null) nodes.push(this.#refusal(turn, error));
    this.view.addReply(nodes);
    this.pushes.hurry();
  }

  /** Messages that are not on the page, which from now on count as being there. */
  #unseen(messages) {
    const unseen = messages.filter(({ id }) => !this.#shown.has(id));
    for (const { id } of unseen) this.#shown.add(id);
    return unseen;
  }

  #onPush(message) {
    this.#held.push(message);
    if (this.#gathering) return;
    this.#gathering = true;
    setTimeout(() => {
      this.#gathering = false;
      this.#showHeld();
    }, GATHER_MS);
  }

  async #showHeld() {
    if (!this.outbox.isEmpty) return;
    const held = this.#held;
    this.#held = [];
    await prepareCards(held);
    let reply = [];
    for (const message of this.#unseen(held).filter(isShown)) {
      if (message.role === "person") {
        this.view.addReply(reply);
        this.view.addPerson(this.#render(message));
        reply = [];
      } else reply.push(this.#render(message));
    }
    this.view.addReply(reply);
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

  /** In another tab: what is said there next comes as a push. */
  #onErasedElsewhere() {
    this.#forget();
  }

  #forget() {
    this.outbox.clear();
    this.#shown.clear();
    this.#pending.clear();
    this.#held = [];
    this.view.clear();
    this.view.addReply([renderNotice(DATA_DELETED)]);
  }
}

/** Whether a message has something to see: the text of an earlier one may have been erased. */
function isShown({ text, card, image }) {
  return Boolean(text || card || image);
}

/** @param {Set<string>} ids those of the log are numbers @returns {string} */
function newest(ids) {
  const numbers = [...ids].filter((id) => /^\d+$/.test(id)).map(Number);
  return String(Math.max(0, ...numbers));
}
