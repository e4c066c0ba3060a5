/** A colour of the operator's choice, with text on it and in it that stays readable. */

/** One of them is readable on any colour. */
const INKS = ["#ffffff", "#000000"];
/** The least favourable surfaces of theme.css, light and dark, and what text is mixed towards. */
const SURFACES = [
  { background: "#f3ece2", towards: "#000000" },
  { background: "#312b28", towards: "#ffffff" },
];
const READABLE = 4.5;
const STEPS = 20;

/** @param {HTMLElement} element what shows the colour @param {string} colour in CSS's words */
export function paint(element, colour) {
  const hex = opaque(colour);
  if (hex === null) {
    console.warn(`Backchat: the colour "${colour}" is ignored; it must be one without transparency.`);
    return;
  }
  const ink = INKS.toSorted((one, other) => contrast(other, hex) - contrast(one, hex))[0];
  const tokens = {
    "--accent": hex,
    "--accent-ink": ink,
    "--accent-hover": hex,
    "--accent-soft": "var(--surface-sunken)",
    "--accent-text": `light-dark(${SURFACES.map((surface) => readableOn(surface, hex)).join(", ")})`,
    "--person": hex,
    "--person-ink": ink,
  };
  for (const [name, value] of Object.entries(tokens)) element.style.setProperty(name, value);
}

/** @param {string} colour @returns {string | null} as #rrggbb; null where it is none, or transparent */
function opaque(colour) {
  const context = document.createElement("canvas").getContext("2d");
  const [one, other] = INKS.map((before) => {
    context.fillStyle = before;
    context.fillStyle = colour;
    return context.fillStyle;
  });
  return one === other && /^#[\da-f]{6}$/.test(one) ? one : null;
}

/** The colour itself, or as little darker or lighter as makes it readable. */
function readableOn({ background, towards }, hex) {
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = mix(hex, towards, step / STEPS);
    if (contrast(mixed, background) >= READABLE) return mixed;
  }
  return towards;
}

/** @param {number} share of the second colour, 0 to 1 */
function mix(one, other, share) {
  const [a, b] = [channels(one), channels(other)];
  const mixed = a.map((value, index) => Math.round(value + (b[index] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} hex #rrggbb @returns {number[]} red, green and blue, 0 to 255 */
function channels(hex) {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}
