import assert from "node:assert/strict";
import { test } from "node:test";

import { area, count, length } from "./format.js";

test("lengths change from metres to kilometres and use a decimal comma", () => {
  assert.equal(length(2.5), "2,50 m");
  assert.equal(length(412), "412 m");
  assert.equal(length(1412), "1,41 km");
  assert.equal(length(31500), "31,5 km");
});

test("areas go by square metres, hectares, square kilometres", () => {
  assert.equal(area(380), "380 m²");
  assert.equal(area(25000), "2,50 ha");
  assert.equal(area(3200000), "3,20 km²");
});

test("counts of clusters stay short", () => {
  assert.equal(count(999), "999");
  assert.equal(count(1412), "1,4k");
  assert.equal(count(73000), "73k");
});
