import assert from "node:assert/strict";
import { test } from "node:test";

import { joined, waysAlong } from "./along.js";
import { spineOf } from "./spine.js";

const widths = Array.from({ length: 10 }, () => 8);
const line = (...pairs) => pairs.map(([x, y]) => ({ x, y }));

test("words are read from left to right, whichever way the line was drawn", () => {
  const there = line([0, 0], [100, 40], [300, 60]);
  for (const way of [there, [...there].reverse()]) {
    const [{ glyphs }] = waysAlong(way, widths, 12, 320);
    assert.ok(glyphs.every(({ x }, i) => i === 0 || x > glyphs[i - 1].x));
    assert.ok(glyphs.every(({ angle }) => Math.abs(angle) <= Math.PI / 2));
  }
});

test("a line too short or too bent carries no words", () => {
  assert.deepEqual(waysAlong(line([0, 0], [60, 0]), widths, 12, 320), []);
  const zigzag = Array.from({ length: 20 }, (_unused, i) => ({ x: i * 10, y: (i % 2) * 40 }));
  assert.deepEqual(waysAlong(zigzag, widths, 12, 320), []);
});

test("every glyph lies in a box of its own", () => {
  for (const { glyphs, boxes } of waysAlong(line([0, 0], [200, 200], [400, 250]), widths, 12, 200)) {
    glyphs.forEach(({ x, y }, i) => {
      assert.ok(boxes[i].minX < x && x < boxes[i].maxX && boxes[i].minY < y && y < boxes[i].maxY);
    });
  }
});

test("pieces of a road become one line, whichever way each was drawn", () => {
  const lines = joined([line([0, 0], [10, 0]), line([30, 0], [20, 0]), line([10, 0], [20, 0]), line([90, 90], [99, 99])]);
  assert.equal(lines.length, 2);
  const xs = lines[0].map(({ x }) => x);
  assert.deepEqual([...xs].sort((a, b) => a - b), [0, 10, 20, 30]);
});

const CUT = { low: -32, high: 544 };

test("the middle of a river lies between its banks, and ends where the tile is cut", () => {
  const north = Array.from({ length: 25 }, (_unused, i) => ({ x: -32 + i * 24, y: 200 + 30 * Math.sin(i / 5) }));
  const south = north.map(({ x, y }) => ({ x, y: y + 20 })).reverse();
  const spine = spineOf([[...north, ...south, north[0]]], CUT);
  assert.ok(spine[spine.length - 1].x - spine[0].x > 400 || spine[0].x - spine[spine.length - 1].x > 400);
  for (const { x, y } of spine) {
    const bank = 200 + 30 * Math.sin((x + 32) / 24 / 5);
    assert.ok(Math.abs(y - bank - 10) < 5, `${x}: ${y} beside ${bank}`);
  }
});

test("a pond has no middle line", () => {
  assert.deepEqual(spineOf([line([100, 100], [200, 100], [200, 190], [100, 190], [100, 100])], CUT), []);
});
