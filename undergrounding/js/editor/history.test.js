import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistory } from "./history.js";

test("everything can be undone to the very start and redone to the end", () => {
  const steps = Array.from({ length: 500 }, (_, i) => ({ step: i }));
  const history = createHistory(steps[0]);
  for (const step of steps.slice(1)) history.push(step, `step ${step.step}`);
  while (history.undo());
  assert.equal(history.drawing, steps[0]);
  while (history.redo());
  assert.equal(history.drawing, steps.at(-1));
});

test("a new act after an undo drops what was undone", () => {
  const history = createHistory("a");
  history.push("b", "draw");
  history.undo();
  assert.equal(history.redoLabel, "draw");
  history.push("c", "move");
  assert.equal(history.redoLabel, null);
  assert.equal(history.undoLabel, "move");
});

test("typing in one field is one step", () => {
  const history = createHistory("");
  for (const text of ["0", "0,", "0,7"]) history.push(text, "depth", "depth:1");
  history.undo();
  assert.equal(history.drawing, "");
});

test("an act that changes nothing is no step", () => {
  const drawing = {};
  const history = createHistory(drawing);
  history.push(drawing, "nothing");
  assert.equal(history.undoLabel, null);
});
