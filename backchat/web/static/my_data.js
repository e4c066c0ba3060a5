/** Everything held about the person, as a file. */
import { DATA_FAILED, DATA_FILE, DATA_SAVED } from "./wording.js";
import { Unreachable } from "./api.js";
import { el } from "./render/dom.js";

/** @param {import("./api.js").Api} api @returns {Promise<string>} what to tell the person */
export async function downloadMyData(api) {
  try {
    saveAsFile(await api.data());
    return DATA_SAVED;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return DATA_FAILED;
  }
}

/** @param {object} data */
function saveAsFile(data) {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }),
  );
  el("a", { href: url, download: DATA_FILE }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
