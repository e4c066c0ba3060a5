/** Tells what is running on the page that a reason to get help was found: it may have to stop. */

const FOUND = "found";
const reasons = new EventTarget();

/**
 * @param {(isUrgent: boolean) => void} hear called at each result that says to get help; urgent is
 *   help on the same day, or at once
 */
export function onReasonForHelp(hear) {
  reasons.addEventListener(FOUND, (event) => hear(event.detail));
}

/** @param {boolean} isUrgent */
export function tellReasonForHelp(isUrgent) {
  reasons.dispatchEvent(new CustomEvent(FOUND, { detail: isUrgent }));
}
