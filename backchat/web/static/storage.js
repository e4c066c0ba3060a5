/**
 * What this browser keeps: the choice of region, the token where there is no cookie, and words not
 * delivered yet. Where storage is switched off it lasts until the page is closed.
 */

const PREFIX = "backchat.";
const inMemory = new Map();

/** @param {string} key @param {Storage} [area] */
export function recall(key, area = lasting()) {
  try {
    return area.getItem(PREFIX + key);
  } catch {
    return inMemory.get(key) ?? null;
  }
}

/** @param {string} key @param {string} value @param {Storage} [area] */
export function remember(key, value, area = lasting()) {
  try {
    area.setItem(PREFIX + key, value);
  } catch {
    inMemory.set(key, value);
  }
}

/** Everything of ours, in both areas. */
export function forgetAll() {
  inMemory.clear();
  for (const area of [lasting(), untilClosed()]) {
    const ours = Object.keys(area ?? {}).filter((key) => key.startsWith(PREFIX));
    for (const key of ours) area.removeItem(key);
  }
}

/** @returns {Storage | null} null where the browser refuses */
export function lasting() {
  return granted(() => localStorage);
}

/** Kept for this tab only. @returns {Storage | null} */
export function untilClosed() {
  return granted(() => sessionStorage);
}

function granted(area) {
  try {
    return area();
  } catch {
    return null;
  }
}
