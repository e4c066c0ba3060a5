/** The widget's panel: the shell of the full page, in the widget's shadow root. */
import { start } from "./app.js";
import { CLOSE, PANEL_LABEL } from "./wording.js";
import { el, svg } from "./render/dom.js";

const STYLE_SHEETS = ["theme.css", "shell.css"];

/**
 * @param {{root: ShadowRoot, launcher: HTMLElement, base: URL, region: string | null}} widget
 * @returns {Promise<{show: () => void}>}
 */
export async function openPanel({ root, launcher, base, region }) {
  const [shell] = await Promise.all([
    fetchShell(launcher.href),
    ...STYLE_SHEETS.map((name) => addStyleSheet(root, name)),
  ]);
  const panel = el(
    "div",
    { class: `panel ${sideOf(launcher)}`, role: "dialog", "aria-label": PANEL_LABEL, hidden: true },
    shell,
  );
  shell.querySelector(".bar").append(closeButton(hide));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !root.querySelector("dialog[open]")) hide();
  });
  root.append(panel);

  function hide() {
    panel.hidden = true;
    launcher.hidden = false;
    launcher.focus();
  }

  function show() {
    panel.hidden = false;
    launcher.hidden = true;
    panel.querySelector(".bar button").focus();
  }

  show();
  start(root, { base, region });
  return { show };
}

/** @param {string} address of the full page @returns {Promise<HTMLElement>} */
async function fetchShell(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const shell = document.adoptNode(page.getElementById("backchat"));
  shell.querySelector("noscript").remove();
  return shell;
}

/** @param {ShadowRoot} root @param {string} name */
function addStyleSheet(root, name) {
  return new Promise((resolve, reject) => {
    root.append(
      el("link", {
        rel: "stylesheet",
        href: new URL(name, import.meta.url).href,
        onload: resolve,
        onerror: reject,
      }),
    );
  });
}

/** @param {HTMLElement} launcher */
function sideOf(launcher) {
  return launcher.classList.contains("launcher--left") ? "panel--left" : "panel--right";
}

/** @param {() => void} hide */
function closeButton(hide) {
  const cross = svg(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: "M6 6l12 12M18 6L6 18" }),
  );
  return el(
    "button",
    { type: "button", class: "bar__menu", "aria-label": CLOSE, onclick: hide },
    cross,
  );
}
