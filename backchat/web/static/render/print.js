/** Prints something alone on the page, whatever page the chat is in. */
import { el } from "./dom.js";

const PAGE = `
  @page { margin: 14mm; }
  @media print { body > :not([data-backchat-print]) { display: none !important; } }
  @media screen { [data-backchat-print] { display: none !important; } }
`;

/** @param {Node[]} content @returns {Promise<void>} settled when the print dialog is closed */
export async function printAlone(content) {
  const sheet = el("div", { "data-backchat-print": true });
  sheet.attachShadow({ mode: "open" }).append(...content);
  sheet.shadowRoot.adoptedStyleSheets = [await printStyle()];
  const hidden = await new CSSStyleSheet().replace(PAGE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hidden];
  document.body.append(sheet);
  window.addEventListener(
    "afterprint",
    () => {
      sheet.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== hidden);
    },
    { once: true },
  );
  window.print();
}

async function printStyle() {
  const response = await fetch(new URL("../print.css", import.meta.url));
  return new CSSStyleSheet().replace(await response.text());
}
