// The strip under the map: ground, ducts at their depth, one band per segment. Figures only; no DOM.

import { chainages } from "./measure.js";

/**
 * Bands from segments: { index, from, to, method, depth } with chainages in metres.
 * @param {import("./types.js").Drawing} drawing
 */
export function bands({ vertices, segments }) {
  const marks = chainages(vertices);
  return segments.map((segment, index) => ({
    index,
    from: marks[segment.start],
    to: marks[segment.end],
    method: segment.method,
    depth: segment.cover_depth_m,
  }));
}

/** Round steps for the axis, so that at most `most` marks stand on it. */
export function ticks(total, most = 8) {
  if (!total) return [0];
  const raw = total / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power;
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, i) => i * step);
}

export function deepest(drawing) {
  return Math.max(1, ...drawing.segments.map((segment) => segment.cover_depth_m ?? 0));
}
