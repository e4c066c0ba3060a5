/** What to do in one stretch, second by second: each repetition goes in, is held, and comes out. */

const MOVE_SECONDS = 3;
const ROUND_SECONDS = 8;

/**
 * @typedef {{phase: "in" | "hold" | "out" | "round", seconds: number, repetition: number,
 *            side: 0 | 1 | null}} Move
 */

/**
 * @param {{repetitions: number, hold_seconds: number, sides: number}} stretch
 * @returns {Move[]} the sides take turns
 */
export function movesOf({ repetitions, hold_seconds: hold, sides }) {
  const turns = sides === 2 ? [0, 1] : [null];
  const moves = [];
  for (let repetition = 1; repetition <= repetitions; repetition += 1)
    for (const side of turns)
      for (const [phase, seconds] of phasesOf(hold))
        moves.push({ phase, seconds, repetition, side });
  return moves;
}

/** @param {number} hold seconds; none means to keep moving @returns {[Move["phase"], number][]} */
function phasesOf(hold) {
  if (hold === 0) return [["round", ROUND_SECONDS]];
  return [
    ["in", MOVE_SECONDS],
    ["hold", hold],
    ["out", MOVE_SECONDS],
  ];
}
