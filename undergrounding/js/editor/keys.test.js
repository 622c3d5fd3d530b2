import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf } from "./keys.js";
import { costOf } from "./panel.js";

const press = (key, more = {}) =>
  actOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

test("the same letter means another thing with Ctrl and with Shift", () => {
  assert.equal(press("s"), "snapping");
  assert.equal(press("s", { ctrlKey: true }), "save");
  assert.equal(press("z", { metaKey: true }), "undo");
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(press("N", { shiftKey: true }), "previousVertex");
  assert.equal(press("?", { shiftKey: true }), "help");
  assert.equal(press("q"), undefined);
});

test("the cost while drawing is the server's: shown length times rate", () => {
  const drawing = {
    vertices: [[105.6321, 10.4602], [105.6421, 10.4602], [105.6421, 10.4702]],
    segments: [{ start: 0, end: 1, method: "hdd" }, { start: 1, end: 2, method: "tidy" }],
  };
  const cost = costOf(drawing, { hdd: { vnd_per_m: 2000000 } });
  assert.equal(cost.total, 2189640000);
  assert.equal(cost.isComplete, false);
  assert.equal(cost.lines[1].amount, null);
});
