// Lengths on the WGS-84 ellipsoid by the radii at mid-latitude: under 1e-6 off for edges of a street.
// A place is [lon, lat]; chainage is metres from the start of the line.

const AXIS = 6378137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const RADIAN = Math.PI / 180;

/** Metres east and north per degree at a latitude. */
export function metresPerDegree(lat) {
  const sin = Math.sin(lat * RADIAN);
  const w = Math.sqrt(1 - E2 * sin * sin);
  return {
    lon: ((AXIS * Math.cos(lat * RADIAN)) / w) * RADIAN,
    lat: ((AXIS * (1 - E2)) / w ** 3) * RADIAN,
  };
}

/**
 * @param {import("./types.js").Place} from
 * @param {import("./types.js").Place} to
 */
export function distance([lonA, latA], [lonB, latB]) {
  const scale = metresPerDegree((latA + latB) / 2);
  return Math.hypot((lonB - lonA) * scale.lon, (latB - latA) * scale.lat);
}

/**
 * @param {import("./types.js").Place[]} vertices
 * @returns {number[]}
 */
export function chainages(vertices) {
  const marks = vertices.length ? [0] : [];
  for (let i = 1; i < vertices.length; i += 1) {
    marks.push(marks[i - 1] + distance(vertices[i - 1], vertices[i]));
  }
  return marks;
}

/** @param {import("./types.js").Place[]} vertices */
export function length(vertices) {
  return chainages(vertices).at(-1) ?? 0;
}

/**
 * @param {import("./types.js").Place} a
 * @param {import("./types.js").Place} b
 * @param {number} share
 * @returns {import("./types.js").Place}
 */
export function between(a, b, share) {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/**
 * The nearest place on the edge a–b: { point, share, offset } (share 0…1, offset in metres).
 * @param {import("./types.js").Place} a
 * @param {import("./types.js").Place} b
 * @param {import("./types.js").Place} place
 */
export function foot(a, b, place) {
  const scale = metresPerDegree(place[1]);
  const dx = (b[0] - a[0]) * scale.lon;
  const dy = (b[1] - a[1]) * scale.lat;
  const px = (place[0] - a[0]) * scale.lon;
  const py = (place[1] - a[1]) * scale.lat;
  const square = dx * dx + dy * dy;
  const share = square ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0;
  const point = share === 0 ? a : share === 1 ? b : between(a, b, share);
  return { point, share, offset: Math.hypot(px - share * dx, py - share * dy) };
}

/**
 * The nearest place on a line, or null for an empty line.
 * @param {import("./types.js").Place[]} vertices
 * @param {import("./types.js").Place} place
 * @returns {import("./types.js").OnLine | null}
 */
export function project(vertices, place) {
  const marks = chainages(vertices);
  /** @type {import("./types.js").OnLine | null} */
  let best = null;
  for (let edge = 0; edge < vertices.length - 1; edge += 1) {
    const found = foot(vertices[edge], vertices[edge + 1], place);
    if (!best || found.offset < best.offset) {
      const along = found.share * (marks[edge + 1] - marks[edge]);
      best = { edge, point: found.point, chainage: marks[edge] + along, offset: found.offset };
    }
  }
  return best;
}

/** The place at a chainage: { edge, point }; beyond an end, that end. */
export function pointAt(vertices, chainage) {
  const marks = chainages(vertices);
  const last = vertices.length - 2;
  for (let edge = 0; edge <= last; edge += 1) {
    if (chainage <= marks[edge + 1] || edge === last) {
      const span = marks[edge + 1] - marks[edge];
      const share = span ? Math.min(1, Math.max(0, (chainage - marks[edge]) / span)) : 0;
      return { edge, point: between(vertices[edge], vertices[edge + 1], share) };
    }
  }
  return null;
}
