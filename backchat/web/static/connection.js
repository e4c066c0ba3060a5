/** Whether the server can be reached, said above the conversation. */
import { CONNECTED, DISCONNECTED } from "./wording.js";

const GOOD_NEWS_MS = 6_000;

/**
 * @param {HTMLElement} status a live region
 * @returns {(connected: boolean) => void} to be told of every change, and of none
 */
export function showConnection(status) {
  let wasConnected = true;
  let timer = 0;
  return (connected) => {
    if (connected === wasConnected) return;
    wasConnected = connected;
    clearTimeout(timer);
    status.textContent = connected ? CONNECTED : DISCONNECTED;
    status.classList.toggle("connection--lost", !connected);
    if (connected) timer = setTimeout(() => (status.textContent = ""), GOOD_NEWS_MS);
  };
}
