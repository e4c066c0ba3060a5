/** The web channel's HTTP calls. */

/** Longer than the server lets a turn take, so that its own answer comes first. */
const TIMEOUT_MS = 40_000;
const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

/** No usable answer came; the same call may be made again. */
export class Unreachable extends Error {
  /** @param {"lost" | "busy"} reason */
  constructor(reason) {
    super(`no usable answer: ${reason}`);
    this.reason = reason;
  }
}

export class Api {
  /**
   * @param {URL} base where the channel is mounted, without a trailing slash, e.g. https://host/chat
   * @param {import("./session.js").CookieSession | import("./session.js").TokenSession} session
   */
  constructor(base, session) {
    this.base = base.href.replace(/\/$/, "");
    this.session = session;
  }

  /**
   * Send one turn. A 4xx is an answer too: it may carry messages and says what was wrong.
   *
   * @param {{id: string, text?: string, payload?: string, timezone?: string, region?: string}} turn
   * @returns {Promise<{messages: object[], said: string | null, error: string | null}>} `said` is
   *   the id of the person's own message
   * @throws {Unreachable}
   */
  async sendTurn(turn) {
    if (this.session.needsToken) await this.#openSession();
    let answer = await this.#postTurn(turn);
    if (answer.status === UNAUTHORIZED && this.session.credentials === "omit") {
      await this.#openSession();
      answer = await this.#postTurn(turn);
    }
    const { status, body } = answer;
    const messages = Array.isArray(body?.messages) ? body.messages : [];
    if (messages.length === 0) {
      if (status === TOO_MANY_REQUESTS) throw new Unreachable("busy");
      if (status < 400 || status >= 500) throw new Unreachable("lost");
    }
    return {
      messages,
      said: body?.said ?? null,
      error: status < 400 ? null : String(body?.error ?? ""),
    };
  }

  /** @returns {Promise<object[]>} earlier messages, oldest first. @throws {Unreachable} */
  async history() {
    const { status, body } = await this.#call("history");
    if (status !== 200 || !Array.isArray(body?.messages)) throw new Unreachable("lost");
    return body.messages;
  }

  /** @returns {Promise<object>} everything held about this person. @throws {Unreachable} */
  async data() {
    const { status, body } = await this.#call("data");
    if (status !== 200 || body === null) throw new Unreachable("lost");
    return body;
  }

  /** Erase everything held about this person. @throws {Unreachable} when it was not erased. */
  async eraseData() {
    const { status } = await this.#call("data", { method: "DELETE" });
    if (status >= 300) throw new Unreachable("lost");
  }

  /**
   * Open the stream of pushes. `EventSource` is of no use here: it sends no bearer token.
   *
   * @param {string} last the id of the last message that is on the page
   * @param {AbortSignal} signal ends it
   * @returns {Promise<Response>}
   */
  events(last, signal) {
    return fetch(`${this.base}/events`, {
      credentials: this.session.credentials,
      headers: { Accept: "text/event-stream", "Last-Event-ID": last, ...this.session.headers() },
      cache: "no-store",
      signal,
    });
  }

  async #openSession() {
    const { body } = await this.#call("session", { method: "POST" });
    if (typeof body?.token !== "string") throw new Unreachable("lost");
    this.session.keep(body.token);
  }

  /** @param {object} turn */
  #postTurn(turn) {
    return this.#call("message", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(turn),
    });
  }

  /** @param {string} route @param {RequestInit} [init] */
  async #call(route, init = {}) {
    let response;
    let text;
    try {
      response = await fetch(`${this.base}/${route}`, {
        ...init,
        credentials: this.session.credentials,
        headers: { Accept: "application/json", ...this.session.headers(), ...init.headers },
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      text = await response.text();
    } catch {
      throw new Unreachable("lost");
    }
    return { status: response.status, body: parseJson(text) };
  }
}

/** @param {string} text @returns {any} null when it is not JSON, e.g. a proxy's error page. */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
