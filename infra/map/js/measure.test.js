import assert from "node:assert/strict";
import { test } from "node:test";

import { areaOf, lengthOf } from "./measure.js";

const at = (lat, lng) => ({ lat, lng });

test("a hundredth of a degree of latitude is about 1,1 km", () => {
  assert.ok(Math.abs(lengthOf([at(10.46, 105.63), at(10.47, 105.63)]) - 1112) < 8);
});

test("the area of a small square is the product of its sides", () => {
  const side = 0.01;
  const square = [at(10, 105), at(10, 105 + side), at(10 + side, 105 + side), at(10 + side, 105)];
  const expected = 1112 * 1112 * Math.cos((10 * Math.PI) / 180);
  assert.ok(Math.abs(areaOf(square) / expected - 1) < 0.01);
});
