// Counts that would lie over each other become one: their sum, the worst of their grades.
import { clusterRadius, signOf } from "./symbols.js";

/**
 * A sign of the map: one feature, or `props.n` of them with the worst among them.
 * @typedef {{
 *   x: number, y: number, key: string, style: import("./types.js").Style, sign: import("./types.js").Sign,
 *   props: any, isMany: boolean, order: number, depth: number, radius: number,
 * }} Mark
 */

// Circles may touch, not overlap by more than their edge.
const TOUCH = 2;

/**
 * What the server counted cell by cell, without overlaps; other signs are left as they are.
 * @param {Mark[]} marks
 * @returns {Mark[]}
 */
export function gathered(marks) {
  const counted = marks.filter(({ props }) => props.n).sort((a, b) => b.props.n - a.props.n);
  /** @type {Mark[]} */
  let kept = [];
  for (const mark of counted) kept = withMark(kept, mark);
  return [...marks.filter(({ props }) => !props.n), ...kept];
}

/**
 * @param {Mark[]} kept
 * @param {Mark} mark
 * @returns {Mark[]}
 */
function withMark(kept, mark) {
  const hit = kept.find((other) => other.key === mark.key && (other.isMany || mark.isMany) && isOver(other, mark));
  if (!hit) return [...kept, mark];
  // What grew may reach others now.
  return withMark(kept.filter((other) => other !== hit), together(hit, mark));
}

const isOver = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius - TOUCH;

/** @returns {Mark} */
function together(a, b) {
  const n = a.props.n + b.props.n;
  const share = b.props.n / n;
  // As the server: a worse grade stands later in the alphabet.
  const worst = [a.props.worst ?? "", b.props.worst ?? ""].sort()[1];
  return {
    ...a,
    x: a.x + (b.x - a.x) * share,
    y: a.y + (b.y - a.y) * share,
    props: { ...a.props, n, worst },
    sign: signOf(a.style, { worst }, "worst"),
    isMany: true,
    depth: 99,
    radius: clusterRadius(n),
  };
}
