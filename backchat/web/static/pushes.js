/**
 * What the server pushes, for as long as the page is open.
 *
 * A connection that ends is opened again, soon at first and then less often; the id of the last
 * message goes along, so that nothing said in between is missed.
 */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** The server pings every 15 s: a connection silent for longer than this is dead. */
const SILENCE_MS = 45_000;

export class Pushes {
  #last = "0";
  #connection = null;
  #wake = () => {};

  /**
   * @param {import("./api.js").Api} api
   * @param {{onMessage: (message: object) => void, onErased: () => void,
   *          onConnected: (connected: boolean) => void}} listener `onErased`: the conversation was
   *   erased elsewhere; `onConnected`: false when the server cannot be reached
   */
  constructor(api, listener) {
    this.api = api;
    this.listener = listener;
    window.addEventListener("online", () => this.hurry());
  }

  /** Listen for what comes after a message. @param {string} [last] its id */
  start(last = "0") {
    this.stop();
    this.#last = last;
    this.#connection = new AbortController();
    this.#listen(this.#connection.signal);
  }

  stop() {
    this.#connection?.abort();
    this.#wake();
  }

  /** Do not wait any longer for the next attempt. */
  hurry() {
    this.#wake();
  }

  /** @param {AbortSignal} stopped */
  async #listen(stopped) {
    let pause = FIRST_PAUSE_MS;
    while (!stopped.aborted) {
      if (await this.#readOnce(stopped)) pause = FIRST_PAUSE_MS;
      if (stopped.aborted) return;
      await this.#rest(pause * (0.5 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** @param {AbortSignal} stopped @returns {Promise<boolean>} whether a stream was opened */
  async #readOnce(stopped) {
    if (this.api.session.needsToken) return false;
    const silence = new AbortController();
    const signal = AbortSignal.any([stopped, silence.signal]);
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    let opened = false;
    try {
      const response = await this.api.events(this.#last, signal);
      if (response.status < 500) this.listener.onConnected(true);
      opened = response.ok;
      if (!opened) return false;
      for await (const { event, id, data } of readEvents(response.body)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        if (id !== null) this.#last = id;
        if (event === "message") this.listener.onMessage(JSON.parse(data));
        if (event === "erased") this.#erased();
      }
    } catch (error) {
      if (stopped.aborted) return opened;
      console.info("Backchat: no pushes for now.", String(error));
    } finally {
      clearTimeout(timer);
    }
    if (!opened) this.listener.onConnected(false);
    return opened;
  }

  #erased() {
    this.#last = "0";
    this.listener.onErased();
  }

  /** @param {number} ms */
  async #rest(ms) {
    let timer;
    await new Promise((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }
}

/**
 * Server-sent events of a response; a comment, such as a ping, is one without a name.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<{event: string | null, id: string | null, data: string}>}
 */
async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    yield* blocks.map(parseEvent);
  }
}

/** @param {string} block */
function parseEvent(block) {
  const field = (name) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? null;
  return { event: field("event"), id: field("id"), data: field("data") ?? "{}" };
}
