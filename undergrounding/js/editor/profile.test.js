import assert from "node:assert/strict";
import { test } from "node:test";
import { bands, deepest, ticks } from "./profile.js";
import { createStore } from "./store.js";

test("bands follow each other over the whole length", () => {
  const drawing = {
    vertices: [[105.63, 10.46], [105.631, 10.46], [105.632, 10.46]],
    segments: [
      { start: 0, end: 1, method: "hdd", cover_depth_m: 2.5 },
      { start: 1, end: 2, method: "", cover_depth_m: null },
    ],
  };
  const [first, second] = bands(drawing);
  assert.equal(first.from, 0);
  assert.equal(first.to, second.from);
  assert.equal(deepest(drawing), 2.5);
});

test("the axis has round steps and few of them", () => {
  assert.deepEqual(ticks(1000, 5), [0, 200, 400, 600, 800, 1000]);
  for (const total of [3, 17.5, 999, 12345]) assert.ok(ticks(total).length <= 9);
  assert.deepEqual(ticks(0), [0]);
});

test("a browser that keeps nothing is told apart, not crashed into", () => {
  const refusing = {
    setItem() {
      throw new Error("quota");
    },
    getItem: () => "{",
    removeItem() {},
  };
  const store = createStore(refusing);
  assert.equal(store.keep("a", {}), false);
  assert.equal(store.read("a"), null);
});

test("the copy of a drawing is found again and forgotten when saved", () => {
  const kept = new Map();
  const store = createStore({
    setItem: (name, value) => kept.set(name, value),
    getItem: (name) => kept.get(name) ?? null,
    removeItem: (name) => kept.delete(name),
  });
  store.keep("u", { at: 1 });
  assert.deepEqual(store.read("u"), { at: 1 });
  store.forget("u");
  assert.equal(store.read("u"), null);
});
