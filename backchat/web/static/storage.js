/** Small preferences in this browser; silent where storage is switched off. */

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(`backchat.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`backchat.${key}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts until the page is closed.
  }
}
