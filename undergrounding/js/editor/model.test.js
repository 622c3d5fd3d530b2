import assert from "node:assert/strict";
import { test } from "node:test";
import * as model from "./model.js";

const line = (count) =>
  model.append(model.emptyDrawing(), Array.from({ length: count }, (_, i) => [105 + i / 1000, 10]));
const spans = (drawing) => drawing.segments.map(({ start, end }) => [start, end]);
const covered = ({ vertices, segments }) =>
  segments[0].start === 0 &&
  segments.at(-1).end === vertices.length - 1 &&
  segments.every((s, i) => s.end > s.start && (!i || segments[i - 1].end === s.start));

test("two places make a line with one segment over all of it", () => {
  assert.deepEqual(spans(line(2)), [[0, 1]]);
  assert.deepEqual(model.append(model.emptyDrawing(), [[105, 10]]).segments, []);
});

test("a click on the last vertex adds nothing", () => {
  const drawing = line(3);
  assert.equal(model.append(drawing, [drawing.vertices.at(-1)]).vertices.length, 3);
});

test("a split keeps what was said of both parts, a merge keeps the first's", () => {
  const told = model.describe(line(5), 0, { method: "hdd", surface: "road" });
  const parts = model.splitAtVertex(told, 2);
  assert.deepEqual(spans(parts), [[0, 2], [2, 4]]);
  assert.equal(parts.segments[1].method, "hdd");
  const other = model.describe(parts, 1, { method: "tidy" });
  const joined = model.mergeWithNext(other, 0);
  assert.deepEqual(spans(joined), [[0, 4]]);
  assert.equal(joined.segments[0].method, "hdd");
  assert.equal(model.mergeWithNext(joined, 0), joined);
});

test("a split at a place makes it a vertex first", () => {
  const parts = model.splitAtPlace(line(3), 1, [105.0015, 10]);
  assert.equal(parts.vertices.length, 4);
  assert.deepEqual(spans(parts), [[0, 2], [2, 3]]);
});

test("a split at the ends of a segment changes nothing", () => {
  assert.deepEqual(spans(model.splitAtVertex(line(3), 0)), [[0, 2]]);
  assert.deepEqual(spans(model.splitAtVertex(line(3), 2)), [[0, 2]]);
});

test("inserting before a boundary moves the boundary along", () => {
  const parts = model.splitAtVertex(line(5), 2);
  assert.deepEqual(spans(model.insertVertex(parts, 0, [105.0005, 10])), [[0, 3], [3, 5]]);
  assert.deepEqual(spans(model.insertVertex(parts, 2, [105.0025, 10])), [[0, 2], [2, 5]]);
});

test("deleting vertices never leaves a gap or an empty segment", () => {
  const parts = model.splitAtVertex(model.splitAtVertex(line(6), 2), 3);
  for (let index = 0; index < 6; index += 1) {
    const drawing = model.deleteVertex(parts, index);
    assert.equal(drawing.vertices.length, 5);
    assert.ok(covered(drawing), `vertex ${index}: ${JSON.stringify(spans(drawing))}`);
  }
});

test("deleting down to one vertex leaves no segment", () => {
  assert.deepEqual(model.deleteVertex(line(2), 0).segments, []);
});

test("the line can be continued at either end and turned round", () => {
  const parts = model.splitAtVertex(line(4), 1);
  const longer = model.prepend(parts, [[104.999, 10], [104.998, 10]]);
  assert.deepEqual(longer.vertices[0], [104.998, 10]);
  assert.deepEqual(spans(longer), [[0, 3], [3, 5]]);
  assert.deepEqual(spans(model.reverse(longer)), [[0, 2], [2, 5]]);
  assert.deepEqual(model.reverse(model.reverse(longer)), longer);
});

test("no act changes the drawing it starts from", () => {
  const drawing = model.splitAtVertex(line(5), 2);
  const before = JSON.stringify(drawing);
  model.moveVertex(drawing, 1, [0, 0]);
  model.insertVertex(drawing, 1, [0, 0]);
  model.deleteVertex(drawing, 2);
  model.describe(drawing, 0, { method: "hdd" });
  assert.equal(JSON.stringify(drawing), before);
});
