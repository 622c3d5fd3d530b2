// The middle line of a long narrow area, so that a river's name flows along it.
const STEP = 10;
const WIDEST = 150;

/** @typedef {import("./collision.js").Spot} Spot */

/**
 * The longest middle line of an area that a tile cut: walks along its bank and looks across.
 * Edges on the cut (`low`, `high`) are no banks. Empty where the area is no longer than wide.
 * @param {Spot[][]} rings
 * @param {{ low: number, high: number }} cut
 * @returns {Spot[]}
 */
export function spineOf(rings, cut) {
  const walls = rings.flatMap((ring) => wallsOf(ring, cut));
  let best = [];
  let length = 0;
  for (const run of rings.flatMap((ring) => runsOf(ring, walls, cut))) {
    const here = lengthOf(run.map(({ spot }) => spot));
    const width = Math.max(...run.map(({ width: across }) => across));
    if (here > length && here > width * 1.5) [best, length] = [run.map(({ spot }) => spot), here];
  }
  return smooth(best);
}

function wallsOf(ring, cut) {
  const walls = [];
  for (let i = 1; i < ring.length; i += 1) {
    if (!isOnCut(ring[i - 1], ring[i], cut)) walls.push([ring[i - 1], ring[i]]);
  }
  return walls;
}

// Middles along one ring, broken where nothing lies opposite or the cut runs.
function runsOf(ring, walls, cut) {
  const runs = [];
  let run = [];
  const end = () => {
    if (run.length > 2) runs.push(run);
    run = [];
  };
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (isOnCut(a, b, cut)) {
      end();
      continue;
    }
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    for (let at = STEP / 2; at < length; at += STEP) {
      const middle = middleAcross(a, b, at / length, walls);
      if (!middle || !goesOn(run, middle.spot)) end();
      if (middle) run.push(middle);
    }
  }
  end();
  return runs;
}

// A run neither jumps nor turns back: round the end of a canal the other bank begins.
function goesOn(run, spot) {
  if (!run.length) return true;
  const { spot: last } = run[run.length - 1];
  if (Math.hypot(spot.x - last.x, spot.y - last.y) > STEP * 4) return false;
  const earlier = run[run.length - 4]?.spot;
  return !earlier || (last.x - earlier.x) * (spot.x - last.x) + (last.y - earlier.y) * (spot.y - last.y) > -60;
}

function middleAcross(a, b, share, walls) {
  const x = a.x + (b.x - a.x) * share;
  const y = a.y + (b.y - a.y) * share;
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  // The outer ring of a vector tile runs clockwise on the screen: inside lies to the right.
  const nx = -(b.y - a.y) / length;
  const ny = (b.x - a.x) / length;
  let width = WIDEST;
  for (const [c, d] of walls) {
    const hit = across(x, y, nx, ny, c, d);
    if (hit > 0.5 && hit < width) width = hit;
  }
  if (width >= WIDEST) return null;
  return { spot: { x: x + (nx * width) / 2, y: y + (ny * width) / 2 }, width };
}

// How far along the ray the wall c–d is met; -1 where it is not.
function across(x, y, nx, ny, c, d) {
  const [ex, ey] = [d.x - c.x, d.y - c.y];
  const [fx, fy] = [c.x - x, c.y - y];
  const slant = nx * ey - ny * ex;
  if (Math.abs(slant) < 1e-9) return -1;
  const share = (fx * ny - fy * nx) / slant;
  return share < 0 || share > 1 ? -1 : (fx * ey - fy * ex) / slant;
}

const isOnCut = (a, b, { low, high }) =>
  ["x", "y"].some((axis) => [low, high].some((side) => Math.abs(a[axis] - side) < 0.6 && Math.abs(b[axis] - side) < 0.6));

export function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

// Each point drawn to the mean of its neighbours, twice; the ends stay.
function smooth(line) {
  let now = line;
  for (let turn = 0; turn < 3; turn += 1) {
    const old = now;
    now = old.map((spot, i) => {
      if (i === 0 || i === old.length - 1) return spot;
      return { x: (old[i - 1].x + 2 * spot.x + old[i + 1].x) / 4, y: (old[i - 1].y + 2 * spot.y + old[i + 1].y) / 4 };
    });
  }
  return now;
}
