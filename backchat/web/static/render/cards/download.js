/** Everything held about the person, fetched as a file when they press the button. */
import { el } from "../dom.js";
import { button } from "./parts.js";

/** @param {{label: string}} card @param {import("../cards.js").TurnContext} context */
export function renderDownload({ label }, { download }) {
  const status = el("p", { class: "download__status", role: "status" });
  const save = button(label, async () => {
    status.textContent = "";
    status.textContent = await download();
  });
  return el("div", { class: "download" }, save, status);
}
