/** Which addresses may be followed or loaded. */

const SCHEMES = new Set(["http:", "https:", "tel:", "mailto:"]);

/** @param {string} address @returns {string | null} null when it must not become a link. */
export function safeLink(address) {
  const url = parse(address);
  return url !== null && SCHEMES.has(url.protocol) ? url.href : null;
}

/** Pictures come from our own server only. @param {unknown} address @param {string} base */
export function ownPicture(address, base) {
  const url = typeof address === "string" ? parse(address, base) : null;
  return url !== null && url.origin === new URL(base).origin ? url.href : null;
}

/** @param {string} address @param {string} [base] */
function parse(address, base) {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}
