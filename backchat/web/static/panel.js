/** The widget's panel: the shell of the full page, in the widget's shadow root. */
import { start } from "./app.js";
import { CookieSession, TokenSession } from "./session.js";
import { loadStyleSheet } from "./styles.js";
import { CLOSE, PANEL_LABEL } from "./wording.js";
import { el, svg } from "./render/dom.js";

const STYLE_SHEETS = ["theme.css", "shell.css"];

/**
 * @param {{root: ShadowRoot, launcher: HTMLAnchorElement, base: URL, position: string,
 *          region: string | null, greeting: string | null,
 *          colour: (element: HTMLElement) => Promise<void>}} widget
 * @returns {Promise<{show: () => void}>}
 */
export async function openPanel({ root, launcher, base, position, region, greeting, colour }) {
  const [shell, ...sheets] = await Promise.all([
    fetchShell(launcher.href),
    ...STYLE_SHEETS.map((name) => loadStyleSheet(name, root)),
  ]);
  await colour(shell);
  root.adoptedStyleSheets.push(...sheets);
  const panel = el(
    "div",
    { class: `panel side--${position}`, role: "dialog", "aria-label": PANEL_LABEL, hidden: true },
    shell,
  );
  const close = closeButton(hide);
  shell.querySelector(".bar").append(close);
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
    close.focus();
  }

  show();
  const session = base.origin === location.origin ? new CookieSession() : new TokenSession();
  start(root, { base, session, region, greeting });
  return { show };
}

/** @param {string} address of the full page @returns {Promise<HTMLElement>} */
async function fetchShell(address) {
  const sameOrigin = new URL(address).origin === location.origin;
  const response = await fetch(address, { credentials: sameOrigin ? "same-origin" : "omit" });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const shell = document.adoptNode(page.getElementById("backchat"));
  shell.querySelector("noscript").remove();
  for (const landmark of shell.querySelectorAll("header, main, footer")) demote(landmark);
  return shell;
}

/** The landmarks are the host page's; in the panel the same parts are plain boxes. */
function demote(landmark) {
  landmark.replaceWith(el("div", { class: landmark.className }, ...landmark.childNodes));
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
