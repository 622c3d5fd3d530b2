import assert from "node:assert/strict";
import { test } from "node:test";

import { Kept, dataTileOf } from "./tile-grid.js";

test("a square is drawn from the tile under it; nearer than the deepest, from a piece of one", () => {
  assert.deepEqual(dataTileOf({ x: 3250, y: 1929, z: 13 }), { z: 12, x: 3250, y: 1929, times: 1, left: 0, top: 0 });
  const near = dataTileOf({ x: 5, y: 6, z: 19 });
  assert.deepEqual(near, { z: 16, x: 1, y: 1, times: 4, left: 512, top: 1024 });
});

test("a map that goes round the world asks for tiles that are there", () => {
  assert.equal(dataTileOf({ x: -1, y: 0, z: 3 }).x, 3);
  assert.equal(dataTileOf({ x: 4, y: 0, z: 3 }).x, 0);
});

test("the longest unused is thrown away", () => {
  const kept = new Kept(2);
  kept.set("a", 1);
  kept.set("b", 2);
  kept.get("a");
  kept.set("c", 3);
  assert.deepEqual([kept.get("a"), kept.get("b"), kept.get("c")], [1, undefined, 3]);
});
