import assert from "node:assert/strict";
import { test } from "node:test";

import { meridianLabel, toVn2000 } from "./vn2000.js";

// From the public control points beside the project: lat, lon, meridian, X northing, Y easting.
const CONTROL = [
  [10.4602, 105.6321, "105-00", 1156822.472, 569001.844],
  [10.4602, 105.6321, "105-45", 1156756.041, 486897.818],
  [10.291, 105.757, "105-00", 1138137.668, 582720.196],
  [10.291, 105.757, "105-45", 1138040.266, 500571.109],
];

for (const [lat, lon, meridian, x, y] of CONTROL) {
  test(`${lat}, ${lon} falls within a centimetre in zone ${meridianLabel(meridian)}`, () => {
    const found = toVn2000(lat, lon, meridian);
    assert.ok(Math.abs(found.x - x) < 0.01, `X ${found.x} is not ${x}`);
    assert.ok(Math.abs(found.y - y) < 0.01, `Y ${found.y} is not ${y}`);
  });
}
