import assert from "node:assert/strict";
import { test } from "node:test";
import { chainages, distance, foot, length, pointAt, project } from "./measure.js";

const CAO_LANH = [105.6321, 10.4602];

test("lengths agree with the ellipsoid to a millimetre over a street", () => {
  // Geodesic inverse (GeographicLib, WGS-84) of the same pairs.
  assert.ok(Math.abs(distance(CAO_LANH, [105.6421, 10.4602]) - 1094.8158) < 0.001);
  assert.ok(Math.abs(distance(CAO_LANH, [105.6321, 10.4702]) - 1106.1092) < 0.001);
});

test("chainage runs from zero at the start to the length at the end", () => {
  const line = [CAO_LANH, [105.6421, 10.4602], [105.6421, 10.4702]];
  const marks = chainages(line);
  assert.equal(marks[0], 0);
  assert.equal(marks.at(-1), length(line));
  assert.deepEqual(chainages([]), []);
});

test("a place beside the line is projected onto the right edge", () => {
  const line = [CAO_LANH, [105.6421, 10.4602], [105.6421, 10.4702]];
  const found = project(line, [105.6425, 10.4652]);
  assert.equal(found.edge, 1);
  assert.ok(Math.abs(found.offset - 43.8) < 0.2);
  assert.ok(Math.abs(found.chainage - (1094.82 + 553.05)) < 1);
});

test("a place beyond the end is the end itself, coordinate for coordinate", () => {
  assert.equal(foot(CAO_LANH, [105.6421, 10.4602], [105.7, 10.4602]).point[0], 105.6421);
  assert.deepEqual(pointAt([CAO_LANH, [105.6421, 10.4602]], 99999).point, [105.6421, 10.4602]);
});
