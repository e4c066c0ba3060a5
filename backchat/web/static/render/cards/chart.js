/** Pain over time: a line with a marker for each level, and the same as a table. */
import {
  CHART_LABEL,
  CHART_TITLE,
  LEVELS,
  PAIN_COLUMNS,
  SHOW_TABLE,
  UNKNOWN_LEVEL,
  scoreOf,
} from "../../wording.js";
import { el, svg } from "../dom.js";
import { folded } from "./parts.js";

const WIDTH = 320;
const HEIGHT = 180;
const LEFT = 28;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 30;
const HIGHEST = 10;
const GRID = [0, 5, 10];

/** Outlines around the origin; the level shows by shape, and again by colour. */
const MARKERS = {
  SELF_CARE: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
  SEE_PROVIDER: "M-5 -5h10v10h-10z",
  URGENT_SAME_DAY: "M0 -7l7 7l-7 7l-7 -7z",
  EMERGENCY_NOW: "M0 -7l7 12h-14z",
  none: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
};

/** @typedef {{at: string, pain: number, level: string | null}} Point */

/** @param {{points: Point[]}} card at least two, oldest first */
export function renderChart({ points }) {
  const reached = new Set(points.map(({ level }) => level));
  const levels = Object.keys(LEVELS).filter((level) => reached.has(level));
  return el(
    "section",
    { class: "card card--chart" },
    el("h3", { class: "card__title" }, CHART_TITLE),
    drawing(points),
    el("ul", { class: "chart__key", "aria-hidden": "true" }, ...levels.map(keyEntry)),
    folded(SHOW_TABLE, table(points)),
  );
}

/** @param {Point[]} points */
function drawing(points) {
  const places = points.map((point, index) => ({ ...point, ...placeOf(point, index, points) }));
  const line = places.map(({ x, y }) => `${x},${y}`).join(" ");
  return svg(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-label": CHART_LABEL(points),
    },
    ...GRID.flatMap(gridLine),
    svg("polyline", { class: "chart__line", points: line }),
    ...places.map(({ x, y, level }) => marker(level, x, y)),
    label(places[0].x, HEIGHT - 8, dayOf(points[0].at), "start"),
    label(places.at(-1).x, HEIGHT - 8, dayOf(points.at(-1).at), "end"),
  );
}

/**
 * By time; scores of one moment stand side by side.
 *
 * @param {Point} point @param {number} index @param {Point[]} points
 */
function placeOf({ at, pain }, index, points) {
  const [first, last] = [points[0].at, points.at(-1).at].map(Date.parse);
  const share =
    last > first ? (Date.parse(at) - first) / (last - first) : index / (points.length - 1);
  return { x: round(LEFT + 8 + share * (WIDTH - LEFT - RIGHT - 16)), y: heightOf(pain) };
}

/** @param {number} pain */
function heightOf(pain) {
  return round(HEIGHT - BOTTOM - (pain / HIGHEST) * (HEIGHT - TOP - BOTTOM));
}

/** @param {number} pain */
function gridLine(pain) {
  const y = heightOf(pain);
  return [
    svg("line", { class: "chart__grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y }),
    label(LEFT - 6, y + 4, String(pain), "end"),
  ];
}

/** @param {string | null} level @param {number} x @param {number} y */
function marker(level, x, y) {
  return svg("path", {
    class: `chart__marker chart__marker--${level ?? "none"}`,
    d: MARKERS[level] ?? MARKERS.none,
    transform: `translate(${x} ${y})`,
  });
}

/** @param {number} x @param {number} y @param {string} text @param {"start" | "end"} anchor */
function label(x, y, text, anchor) {
  return svg("text", { class: "chart__label", x, y, "text-anchor": anchor }, text);
}

/** @param {string} level */
function keyEntry(level) {
  return el(
    "li",
    {},
    svg("svg", { class: "chart__sign", viewBox: "-9 -9 18 18" }, marker(level, 0, 0)),
    LEVELS[level],
  );
}

/** @param {Point[]} points */
function table(points) {
  const row = ({ at, pain, level }) =>
    el(
      "tr",
      {},
      el("td", {}, momentOf(at)),
      el("td", {}, scoreOf(pain)),
      el("td", {}, LEVELS[level] ?? UNKNOWN_LEVEL),
    );
  return el(
    "table",
    { class: "chart__table" },
    el("thead", {}, el("tr", {}, ...PAIN_COLUMNS.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...points.map(row)),
  );
}

/** @param {string} at */
function dayOf(at) {
  return new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/** @param {string} at */
function momentOf(at) {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
