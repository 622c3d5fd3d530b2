// What a click near something means: a vertex first, then a road, a duct or another route.

import { distance, foot } from "./measure.js";

/**
 * The place a pointer stands for: { point, kind, name, found }.
 * kind: "free" | "vertex" | "road" | "line"; `found` is the road place that a path can start from.
 * A vertex wins over a line at the same reach, for joining ends is what people mean.
 * @param {import("./types.js").Place} place
 * @param {{ vertices?: import("./types.js").Place[], roads?: import("./types.js").Roads | null, lines?: import("./types.js").Line[], reach: number }} near
 * @returns {import("./types.js").Target}
 */
export function snap(place, { vertices = [], roads = null, lines = [], reach }) {
  const free = { point: place, kind: "free", name: "", found: null };
  if (!reach) return free;
  const road = roads?.nearest(place, reach) ?? null;
  const vertex = nearestVertex(place, vertices, reach);
  if (vertex) return { point: vertex, kind: "vertex", name: "", found: onRoad(vertex, roads) };
  const line = nearestLine(place, lines, reach);
  if (line && (!road || line.offset < road.offset)) {
    return { point: line.point, kind: "line", name: line.name, found: onRoad(line.point, roads) };
  }
  return road ? { point: road.point, kind: "road", name: road.name, found: road } : free;
}

/**
 * The road under a place (within a metre), to go on from where the last click snapped.
 * @param {import("./types.js").Place} place
 * @param {import("./types.js").Roads | null} roads
 * @returns {import("./types.js").RoadPlace | null}
 */
export function onRoad(place, roads) {
  const found = roads?.nearest(place, 1) ?? null;
  return found && { ...found, point: place };
}

/**
 * @param {import("./types.js").Place} place
 * @param {import("./types.js").Place[]} vertices
 * @param {number} reach
 */
function nearestVertex(place, vertices, reach) {
  /** @type {import("./types.js").Place | null} */
  let best = null;
  let least = reach;
  for (const vertex of vertices) {
    const metres = distance(vertex, place);
    if (metres <= least) [best, least] = [vertex, metres];
  }
  return best;
}

/**
 * @param {import("./types.js").Place} place
 * @param {import("./types.js").Line[]} lines
 * @param {number} reach
 */
function nearestLine(place, lines, reach) {
  /** @type {{ point: import("./types.js").Place, offset: number, name: string } | null} */
  let best = null;
  for (const { name, coordinates } of lines) {
    for (let i = 1; i < coordinates.length; i += 1) {
      const found = foot(coordinates[i - 1], coordinates[i], place);
      if (found.offset <= reach && (!best || found.offset < best.offset)) best = { ...found, name };
    }
  }
  return best;
}

/**
 * The places to add for the next click: along the roads where both ends lie on them, else straight.
 * @param {import("./types.js").Place | undefined} last
 * @param {import("./types.js").Target} target
 * @param {import("./types.js").Roads | null} roads
 * @param {boolean} follow
 */
export function leg(last, target, roads, follow) {
  if (!last) return { places: [target.point], along: false };
  const start = follow ? onRoad(last, roads) : null;
  const way = start && target.found ? roads?.path(start, target.found) : null;
  const straight = distance(last, target.point);
  // A way much longer than the straight line is a detour nobody meant.
  if (way && way.metres <= 4 * straight + 50) return { places: way.places.slice(1), along: true };
  return { places: [target.point], along: false };
}
