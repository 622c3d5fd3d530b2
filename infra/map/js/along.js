// Words along a line: glyph by glyph on the stretches that are straight enough to be read.
const BEND = 0.55;
const SPARE = 6;

/** @typedef {import("./collision.js").Spot} Spot */
/** @typedef {import("./collision.js").Way} Way */

/**
 * The ways to write glyphs of these widths along a line, from the best; read from left to right.
 * @param {Spot[]} line
 * @param {number[]} widths
 * @param {number} size of the letters in pixels
 * @param {number} every one way in so many pixels
 * @returns {Way[]}
 */
export function waysAlong(line, widths, size, every) {
  const path = new Path(line);
  const back = new Path([...line].reverse());
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (path.length < total + SPARE) return [];
  return startsOf(path.length, total, every)
    .map((start) => {
      const isBackwards = path.at(start + total).x < path.at(start).x;
      return isBackwards ? wayFrom(back, path.length - start - total, widths, size, total) : wayFrom(path, start, widths, size, total);
    })
    .filter((way) => way !== null);
}

// The middle first, then outwards by steps.
function startsOf(length, total, every) {
  const middle = (length - total) / 2;
  const starts = [middle];
  const step = Math.max(every / 4, 24);
  for (let away = step; away < middle; away += step) starts.push(middle - away, middle + away);
  return starts.slice(0, 9);
}

/** @returns {Way | null} */
function wayFrom(path, start, widths, size, total) {
  const glyphs = [];
  let at = start;
  /** @type {number | null} */
  let last = null;
  for (const width of widths) {
    const from = path.at(at - width * 0.3 - 1);
    const to = path.at(at + width * 1.3 + 1);
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    if (last !== null && Math.abs(turn(angle - last)) > BEND) return null;
    glyphs.push({ ...path.at(at + width / 2), angle });
    last = angle;
    at += width;
  }
  return { anchor: path.at(start + total / 2), boxes: boxesOf(glyphs, widths, size), glyphs };
}

// A box per glyph, wide enough that two words never touch.
function boxesOf(glyphs, widths, size) {
  return glyphs.map(({ x, y, angle }, i) => {
    const halfWide = widths[i] / 2 + 1.5;
    const halfHigh = size * 0.62;
    const across = Math.abs(halfWide * Math.cos(angle)) + Math.abs(halfHigh * Math.sin(angle));
    const down = Math.abs(halfWide * Math.sin(angle)) + Math.abs(halfHigh * Math.cos(angle));
    return { minX: x - across, maxX: x + across, minY: y - down, maxY: y + down };
  });
}

const turn = (angle) => Math.atan2(Math.sin(angle), Math.cos(angle));

class Path {
  /** @param {Spot[]} points */
  constructor(points) {
    this.points = points;
    this.sums = [0];
    for (let i = 1; i < points.length; i += 1) {
      this.sums.push(this.sums[i - 1] + Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y));
    }
    this.length = this.sums[this.sums.length - 1];
  }

  /**
   * The place so many pixels along; before the start and after the end, straight on.
   * @param {number} distance
   */
  at(distance) {
    const { points, sums } = this;
    let i = 1;
    while (i < points.length - 1 && sums[i] < distance) i += 1;
    const step = sums[i] - sums[i - 1] || 1;
    const share = (distance - sums[i - 1]) / step;
    const [a, b] = [points[i - 1], points[i]];
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
  }
}

/**
 * Pieces of a line put together where one ends and one begins.
 * @param {Spot[][]} parts
 */
export function joined(parts) {
  const open = parts.filter((part) => part.length > 1).map((part) => [...part]);
  const key = ({ x, y }) => `${Math.round(x)} ${Math.round(y)}`;
  for (let i = 0; i < open.length; i += 1) {
    for (let j = i + 1; j < open.length; ) {
      const both = joinedPair(open[i], open[j], key);
      if (both) {
        open[i] = both;
        open.splice(j, 1);
        j = i + 1;
      } else j += 1;
    }
  }
  return open;
}

function joinedPair(a, b, key) {
  const [a0, a1, b0, b1] = [a[0], a[a.length - 1], b[0], b[b.length - 1]].map(key);
  if (a1 === b0) return [...a, ...b.slice(1)];
  if (a1 === b1) return [...a, ...b.slice(0, -1).reverse()];
  if (a0 === b1) return [...b, ...a.slice(1)];
  if (a0 === b0) return [...b.slice(1).reverse(), ...a];
  return null;
}
