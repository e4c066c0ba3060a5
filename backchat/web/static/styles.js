/** Style sheets for shadow roots: constructed, so that a page's style rules need not allow them. */

const REM = /(?<![\w.-])(\d*\.?\d+)rem\b/g;

/**
 * @param {string} name a file next to this module
 * @param {Document | ShadowRoot} root in a shadow root, sizes are made independent of the host
 *   page's own root size
 * @returns {Promise<CSSStyleSheet>}
 */
export async function loadStyleSheet(name, root) {
  const address = new URL(name, import.meta.url);
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const text = await response.text();
  const pixels = root instanceof ShadowRoot ? rootSize(root) : null;
  const sized =
    pixels === null ? text : text.replace(REM, (_, size) => `${Number(size) * pixels}px`);
  return new CSSStyleSheet().replace(sized);
}

/** The person's own text size: the widget's host element starts from it. @param {ShadowRoot} root */
function rootSize(root) {
  return Number.parseFloat(getComputedStyle(root.host).fontSize);
}
