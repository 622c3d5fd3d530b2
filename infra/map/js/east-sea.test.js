import assert from "node:assert/strict";
import { test } from "node:test";

import { needsInset, reachesEastSea, showsArchipelagos } from "./east-sea.js";

const box = (west, south, east, north) => ({ west, south, east, north });

test("a street in Cao Lãnh does not reach the East Sea", () => {
  assert.equal(reachesEastSea(box(105.62, 10.45, 105.64, 10.47)), false);
});

test("the whole province reaches the sea at Gò Công and needs the inset", () => {
  assert.equal(needsInset(box(105.15, 9.9, 106.9, 11.0)), true);
});

test("all of the sea shows the archipelagos in place, without an inset", () => {
  const view = box(100, 5, 120, 24);
  assert.equal(showsArchipelagos(view), true);
  assert.equal(needsInset(view), false);
});

test("a view that lies wholly in the sea needs the inset", () => {
  assert.equal(needsInset(box(110.5, 13, 110.6, 13.1)), true);
});
