// The drawing as data: { vertices: [[lon, lat], …], segments: [{ start, end, method, … }, …] }.
// Every act gives a new drawing and leaves the old one untouched, so undo is only a list of drawings.
// Segments follow each other by vertex index from the first vertex to the last, without gaps.

export const BLANK = Object.freeze({
  method: "",
  surface: "",
  cover_depth_m: null,
  duct_count: null,
  note: "",
});

/** @returns {import("./types.js").Drawing} */
export function emptyDrawing() {
  return { vertices: [], segments: [] };
}

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/**
 * @param {import("./types.js").Place[]} vertices
 * @param {import("./types.js").Segment[]} segments
 * @returns {import("./types.js").Drawing}
 */
function whole(vertices, segments) {
  if (vertices.length < 2) return { vertices, segments: [] };
  const kept = segments.filter((segment) => segment.end > segment.start);
  if (!kept.length) kept.push({ ...BLANK, start: 0, end: vertices.length - 1 });
  return { vertices, segments: kept };
}

/**
 * Continue the line at its end; the last segment grows with it.
 * @param {import("./types.js").Drawing} drawing
 * @param {import("./types.js").Place[]} places
 */
export function append(drawing, places) {
  const vertices = [...drawing.vertices];
  for (const place of places) {
    if (!vertices.length || !same(vertices.at(-1), place)) vertices.push(place);
  }
  const last = drawing.segments.length - 1;
  const segments = drawing.segments.map((segment, index) =>
    index === last ? { ...segment, end: vertices.length - 1 } : segment,
  );
  return whole(vertices, segments);
}

/**
 * Continue the line before its start; `places` run outward from the present start.
 * @param {import("./types.js").Drawing} drawing
 * @param {import("./types.js").Place[]} places
 */
export function prepend(drawing, places) {
  /** @type {import("./types.js").Place[]} */
  const added = [];
  for (const place of places) {
    if (!same(added.at(-1) ?? drawing.vertices[0], place)) added.push(place);
  }
  const shift = added.length;
  const segments = drawing.segments.map((segment, index) => ({
    ...segment,
    start: index ? segment.start + shift : 0,
    end: segment.end + shift,
  }));
  return whole([...added.reverse(), ...drawing.vertices], segments);
}

/**
 * @param {import("./types.js").Drawing} drawing
 * @param {number} index
 * @param {import("./types.js").Place} place
 * @returns {import("./types.js").Drawing}
 */
export function moveVertex(drawing, index, place) {
  const vertices = drawing.vertices.map((vertex, i) => (i === index ? place : vertex));
  return { ...drawing, vertices };
}

/**
 * Put a vertex on the edge that starts at vertex `edge`; it gets the index `edge + 1`.
 * @param {import("./types.js").Drawing} drawing
 * @param {number} edge
 * @param {import("./types.js").Place} place
 */
export function insertVertex(drawing, edge, place) {
  const vertices = [...drawing.vertices];
  vertices.splice(edge + 1, 0, place);
  const segments = drawing.segments.map((segment) => ({
    ...segment,
    start: segment.start > edge ? segment.start + 1 : segment.start,
    end: segment.end > edge ? segment.end + 1 : segment.end,
  }));
  return { vertices, segments };
}

/**
 * Take a vertex away; a segment left without length goes, its neighbour meets the next one.
 * @param {import("./types.js").Drawing} drawing
 * @param {number} index
 */
export function deleteVertex(drawing, index) {
  const vertices = drawing.vertices.filter((_, i) => i !== index);
  const atEnd = index === drawing.vertices.length - 1;
  const moved = (i) => (i > index || (i === index && atEnd) ? i - 1 : i);
  const segments = drawing.segments.map((segment) => ({
    ...segment,
    start: moved(segment.start),
    end: moved(segment.end),
  }));
  return whole(vertices, segments);
}

export function isBoundary(drawing, index) {
  return drawing.segments.some((segment) => segment.start === index || segment.end === index);
}

/**
 * Cut the segment that runs through a vertex; both parts keep what was said of it.
 * @param {import("./types.js").Drawing} drawing
 * @param {number} index
 * @returns {import("./types.js").Drawing}
 */
export function splitAtVertex(drawing, index) {
  const segments = drawing.segments.flatMap((segment) =>
    segment.start < index && index < segment.end
      ? [{ ...segment, end: index }, { ...segment, start: index }]
      : [segment],
  );
  return { ...drawing, segments };
}

export function splitAtPlace(drawing, edge, place) {
  if (same(drawing.vertices[edge], place)) return splitAtVertex(drawing, edge);
  if (same(drawing.vertices[edge + 1], place)) return splitAtVertex(drawing, edge + 1);
  return splitAtVertex(insertVertex(drawing, edge, place), edge + 1);
}

/**
 * Join a segment with the next one; what was said of the first stays.
 * @param {import("./types.js").Drawing} drawing
 * @param {number} index
 */
export function mergeWithNext(drawing, index) {
  if (index < 0 || index >= drawing.segments.length - 1) return drawing;
  const joined = { ...drawing.segments[index], end: drawing.segments[index + 1].end };
  const segments = [
    ...drawing.segments.slice(0, index),
    joined,
    ...drawing.segments.slice(index + 2),
  ];
  return { ...drawing, segments };
}

/**
 * @param {import("./types.js").Drawing} drawing
 * @param {number} index
 * @param {Partial<import("./types.js").Segment>} values
 */
export function describe(drawing, index, values) {
  const segments = drawing.segments.map((segment, i) =>
    i === index ? { ...segment, ...values } : segment,
  );
  return { ...drawing, segments };
}

/**
 * @param {import("./types.js").Drawing} drawing
 * @returns {import("./types.js").Drawing}
 */
export function reverse(drawing) {
  const last = drawing.vertices.length - 1;
  const segments = drawing.segments
    .map((segment) => ({ ...segment, start: last - segment.end, end: last - segment.start }))
    .reverse();
  return { vertices: [...drawing.vertices].reverse(), segments };
}

export function segmentAt(drawing, edge) {
  return drawing.segments.findIndex((segment) => segment.start <= edge && edge < segment.end);
}

/**
 * @param {import("./types.js").Drawing} drawing
 * @param {import("./types.js").Segment} segment
 */
export function segmentVertices(drawing, segment) {
  return drawing.vertices.slice(segment.start, segment.end + 1);
}
