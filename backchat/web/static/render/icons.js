/** Line icons, drawn on a 24 × 24 grid. They repeat what words say and are hidden from speech. */
import { svg } from "./dom.js";

const PATHS = {
  care: "M12 20s-7-4.4-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.6-7 10-7 10z",
  provider: "M8 4h8v4H8zM6 6H5v14h14V6h-1M12 11v6M9 14h6",
  urgent: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
  emergency: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.3v.1",
  phone:
    "M6 3h3.5l1.5 5-2.2 1.6a13 13 0 0 0 5.6 5.6L16 13l5 1.5V18a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  shield: "M12 3l7 3v5c0 5-3 8.5-7 10-4-1.5-7-5-7-10V6zM12 8.5v4.5M12 16v.1",
  offline:
    "M3 9a14 14 0 0 1 5-3M21 9a14 14 0 0 0-9-4M6.5 13a8 8 0 0 1 3-2M17.5 13a8 8 0 0 0-2-1.5M12 18.5v.1M4 3l16 18",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}
