/**
 * The little markdown that the bot uses: paragraphs, lists, **bold** and links.
 *
 * Everything becomes elements and text nodes. What looks like HTML, or links to anything but
 * http(s), tel and mailto, stays visible text.
 */
import { asList, el } from "./dom.js";
import { safeLink } from "./links.js";

const INLINE =
  /\*\*(?<bold>[^*]+)\*\*|(?<!!)\[(?<label>[^\]]+)\]\((?<target>[^\s)]+)\)|(?<bare>https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/g;
const BULLET = /^\s*[-*\u2022]\s+/;
const NUMBER = /^\s*\d{1,2}[.)]\s+/;

/** @param {string} text @returns {Node[]} block elements */
export function renderMarkdown(text) {
  return groupLines(text).map(({ kind, lines }) => {
    if (kind === "paragraph") return el("p", {}, ...withBreaks(lines.map(renderInline)));
    return el(kind, {}, ...lines.map((line) => el("li", {}, ...renderInline(line))));
  });
}

/** @param {string} text @returns {{kind: "paragraph" | "ul" | "ol", lines: string[]}[]} */
function groupLines(text) {
  const blocks = [];
  let open = null;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      open = null;
      continue;
    }
    const kind = BULLET.test(line) ? "ul" : NUMBER.test(line) ? "ol" : "paragraph";
    if (open?.kind !== kind) {
      open = { kind, lines: [] };
      blocks.push(open);
    }
    open.lines.push(
      kind === "paragraph" ? line : line.replace(kind === "ul" ? BULLET : NUMBER, ""),
    );
  }
  return blocks;
}

/**
 * What a card lists: a list, or a text with one entry a line, with or without list marks.
 *
 * @param {unknown} value @returns {any[]} entries that are not texts are passed on as they are
 */
export function asLines(value) {
  return asList(value)
    .flatMap((entry) => (typeof entry === "string" ? entry.split("\n") : [entry]))
    .map((entry) =>
      typeof entry === "string" ? entry.replace(BULLET, "").replace(NUMBER, "").trim() : entry,
    )
    .filter((entry) => entry !== "");
}

/** Bold and links within one line. @param {string} line @returns {(Node | string)[]} */
export function renderInline(line) {
  const parts = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    parts.push(line.slice(end, match.index), renderMatch(match));
    end = match.index + match[0].length;
  }
  parts.push(line.slice(end));
  return parts;
}

/** @param {RegExpMatchArray} match */
function renderMatch({ 0: source, groups: { bold, label, target, bare } }) {
  if (bold !== undefined) return el("strong", {}, ...renderInline(bold));
  return renderLink(label ?? bare, target ?? bare) ?? source;
}

/** @param {string} label @param {string} target @returns {HTMLElement | null} null for an unsafe target */
export function renderLink(label, target) {
  const href = safeLink(target);
  if (href === null) return null;
  const leavesPage = /^https?:/.test(href);
  return el(
    "a",
    leavesPage ? { href, target: "_blank", rel: "noopener noreferrer" } : { href },
    label,
  );
}

/** @param {(Node | string)[][]} lines */
function withBreaks(lines) {
  return lines.flatMap((line, index) => (index === 0 ? line : [el("br"), ...line]));
}
