// Which data tile a square of the screen is drawn from, in whole numbers.
export const SIDE = 512;
// Data tiles of the server are asked for down to here; nearer, a piece of one is enlarged.
export const DEEPEST = 16;

/**
 * The data tile under a square of `SIDE` pixels at zoom z, which part of it, and how enlarged.
 * @param {{ x: number, y: number, z: number }} square
 */
export function dataTileOf({ x, y, z }) {
  const depth = Math.max(0, z - 1 - DEEPEST);
  const times = 2 ** depth;
  const side = 2 ** (z - 1 - depth);
  const tile = { z: z - 1 - depth, x: Math.floor(x / times), y: Math.floor(y / times) };
  return {
    ...tile,
    x: ((tile.x % side) + side) % side,
    times,
    left: (x - tile.x * times) * SIDE,
    top: (y - tile.y * times) * SIDE,
  };
}

// Parsed tiles that are kept, the longest unused thrown away first.
export class Kept {
  #rows = new Map();

  /** @param {number} most */
  constructor(most) {
    this.most = most;
  }

  get(key) {
    const found = this.#rows.get(key);
    if (found !== undefined) {
      this.#rows.delete(key);
      this.#rows.set(key, found);
    }
    return found;
  }

  set(key, value) {
    this.#rows.set(key, value);
    if (this.#rows.size > this.most) this.#rows.delete(this.#rows.keys().next().value);
  }

  delete(key) {
    this.#rows.delete(key);
  }

  clear() {
    this.#rows.clear();
  }
}
