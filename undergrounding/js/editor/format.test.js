import assert from "node:assert/strict";
import { test } from "node:test";
import { chainage, dong, metres, writeDecimal } from "./format.js";

test("lengths are written the Vietnamese way", () => {
  assert.equal(metres(12.34), "12,3 m");
  assert.equal(metres(412.4), "412 m");
  assert.equal(metres(1412), "1,41 km");
  assert.equal(dong(12500000), "12.500.000 đ");
});

test("chainage is kilometres plus three figures of metres", () => {
  assert.equal(chainage(0), "0+000");
  assert.equal(chainage(999.6), "1+000");
  assert.equal(chainage(2350.2), "2+350");
});

test("a depth is written with a comma, and nothing is nothing", () => {
  assert.equal(writeDecimal(0.7), "0,7");
  assert.equal(writeDecimal(null), "");
});
