/** Who is speaking, and from where. */
import { recall, remember } from "./storage.js";

/** On our own page the speaker is a cookie that the server signs. */
export class CookieSession {
  credentials = "same-origin";
  needsToken = false;

  headers() {
    return {};
  }
}

/** On another origin, where the cookie does not travel, the speaker is a bearer token. */
export class TokenSession {
  credentials = "omit";

  get needsToken() {
    return !recall("token");
  }

  /** @param {string} token */
  keep(token) {
    remember("token", token);
  }

  headers() {
    return this.needsToken ? {} : { Authorization: `Bearer ${recall("token")}` };
  }
}

/** The IANA name of this browser's time zone, or undefined when it does not say. */
export function timezone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A random UUID; `crypto.randomUUID` itself exists on secure origins only. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
