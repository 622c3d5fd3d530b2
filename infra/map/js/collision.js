// Which boxes of the screen are taken, and which words still find a place among them.
/** @typedef {{ minX: number, minY: number, maxX: number, maxY: number }} Rect */
/** @typedef {{ x: number, y: number }} Spot */
/**
 * One way to write some words: where they take room, and what the drawing needs to know.
 * @typedef {{ anchor: Spot, boxes: Rect[], glyphs?: { x: number, y: number, angle: number }[] }} Way
 */
/**
 * Words that want a place: the lower `rank` first, then the heavier; the first free way is taken.
 * @template [T=any]
 * @typedef {{ key: string, rank: number, weight: number, repeat: number, ways: Way[], look: T }} Wish
 */

const CELL = 64;

// A grid of cells: to ask whether a box is free costs the same in any crowd.
export class Taken {
  /** @type {Map<string, Rect[]>} */
  #cells = new Map();

  /** @param {Rect[]} boxes */
  take(boxes) {
    for (const box of boxes) {
      for (const cell of cellsOf(box)) {
        const inside = this.#cells.get(cell);
        if (inside) inside.push(box);
        else this.#cells.set(cell, [box]);
      }
    }
  }

  /** @param {Rect[]} boxes */
  isFree(boxes) {
    return !boxes.some((box) => cellsOf(box).some((cell) => this.#cells.get(cell)?.some((other) => overlap(box, other))));
  }
}

/**
 * @param {Rect} a
 * @param {Rect} b
 */
export const overlap = (a, b) => a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY;

/** @param {Rect} box */
function cellsOf({ minX, minY, maxX, maxY }) {
  const cells = [];
  for (let x = Math.floor(minX / CELL); x <= Math.floor(maxX / CELL); x += 1) {
    for (let y = Math.floor(minY / CELL); y <= Math.floor(maxY / CELL); y += 1) cells.push(`${x} ${y}`);
  }
  return cells;
}

/**
 * Give each wish the first of its ways that is free: never over what is reserved, never over other
 * words, the same words no nearer than their `repeat`. `before`: keys that were written last time
 * go first among equals, so that words do not jump while the map moves.
 * @param {Wish[]} wishes
 * @param {Rect[]} reserved
 * @param {ReadonlySet<string>} [before]
 * @returns {{ wish: Wish, way: Way }[]}
 */
export function placeWords(wishes, reserved, before = new Set()) {
  const taken = new Taken();
  taken.take(reserved);
  /** @type {Map<string, Spot[]>} */
  const written = new Map();
  const placed = [];
  const late = (wish) => (before.has(wish.key) ? 0 : 1);
  const inTurn = [...wishes].sort((a, b) => a.rank - b.rank || late(a) - late(b) || b.weight - a.weight);
  for (const wish of inTurn) {
    const others = written.get(wish.key) ?? [];
    const isFar = ({ anchor }) => others.every((spot) => Math.hypot(spot.x - anchor.x, spot.y - anchor.y) >= wish.repeat);
    const way = wish.ways.find((one) => isFar(one) && taken.isFree(one.boxes));
    if (!way) continue;
    taken.take(way.boxes);
    written.set(wish.key, [...others, way.anchor]);
    placed.push({ wish, way });
  }
  return placed;
}
