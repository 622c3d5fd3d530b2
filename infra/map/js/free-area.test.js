import assert from "node:assert/strict";
import { test } from "node:test";

import { overlap } from "./collision.js";
import { freeArea } from "./free-area.js";

const box = (minX, minY, maxX, maxY) => ({ minX, minY, maxX, maxY });

test("what is free lies beside every cover, at every size of the screen", () => {
  for (const [width, height] of [[390, 590], [768, 900], [772, 816], [1440, 800], [3800, 2000]]) {
    const covers = [box(12, 12, width - 72, 56), box(width - 58, 12, width - 12, 440), box(0, height - 60, width, height)];
    const area = freeArea({ width, height }, covers, 1.63);
    assert.ok(!covers.some((cover) => overlap(cover, area)));
    const shown = Math.min(area.maxX - area.minX, (area.maxY - area.minY) * 1.63);
    assert.ok(shown > width * 0.55 || shown > height * 0.55 * 1.63, `${width}: ${shown}`);
  }
});

test("a map with nothing over it is filled to its edge", () => {
  assert.deepEqual(freeArea({ width: 400, height: 300 }, [], 2), box(10, 10, 390, 290));
});
