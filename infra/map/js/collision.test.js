import assert from "node:assert/strict";
import { test } from "node:test";

import { overlap, placeWords } from "./collision.js";

// A seeded sequence: the same crowds in every run.
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const boxAt = (x, y, wide, high) => ({ minX: x - wide / 2, maxX: x + wide / 2, minY: y - high / 2, maxY: y + high / 2 });

function crowd(random) {
  const signs = Array.from({ length: 60 }, () => boxAt(random() * 900, random() * 700, 20, 20));
  const wishes = Array.from({ length: 300 }, (_unused, i) => {
    const [x, y, wide] = [random() * 900, random() * 700, 20 + random() * 120];
    const ways = [[0, 0], [0, 20], [0, -20], [wide, 0]].map(([dx, dy]) => ({
      anchor: { x: x + dx, y: y + dy },
      // Words along a line take several small boxes.
      boxes: i % 3 ? [boxAt(x + dx, y + dy, wide, 14)] : [0, 1, 2, 3].map((n) => boxAt(x + dx + n * 12, y + dy + n * 9, 14, 14)),
    }));
    return { key: `name ${i % 80}`, rank: i % 7, weight: wide, repeat: i % 2 ? 200 : 0, ways, look: null };
  });
  return { signs, wishes };
}

test("no words lie over a sign or over other words, in any crowd", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { signs, wishes } = crowd(chance(seed));
    const placed = placeWords(wishes, signs);
    assert.ok(placed.length > 20, "something is written");
    placed.forEach(({ way }, i) => {
      for (const box of way.boxes) {
        assert.ok(!signs.some((sign) => overlap(sign, box)), `over a sign, seed ${seed}`);
        for (const other of placed.slice(i + 1)) {
          assert.ok(!other.way.boxes.some((one) => overlap(one, box)), `over other words, seed ${seed}`);
        }
      }
    });
  }
});

test("the same words come again no nearer than they may", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { signs, wishes } = crowd(chance(seed));
    const placed = placeWords(wishes, signs);
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        const away = Math.hypot(a.way.anchor.x - b.way.anchor.x, a.way.anchor.y - b.way.anchor.y);
        if (a.wish.key === b.wish.key) assert.ok(away >= b.wish.repeat, `${a.wish.key}: ${away}`);
      }
    }
  }
});

test("the more important words take the place, whoever comes first", () => {
  const way = { anchor: { x: 50, y: 50 }, boxes: [boxAt(50, 50, 60, 14)] };
  const wish = (key, rank) => ({ key, rank, weight: 1, repeat: 0, ways: [way], look: null });
  const placed = placeWords([wish("lane", 38), wish("ward", 5)], []);
  assert.deepEqual(placed.map(({ wish: { key } }) => key), ["ward"]);
});

test("words that were there stay among equals, and step aside when their place is taken", () => {
  const ways = [0, 30].map((dy) => ({ anchor: { x: 50, y: 50 + dy }, boxes: [boxAt(50, 50 + dy, 60, 14)] }));
  const wish = (key) => ({ key, rank: 20, weight: key === "new" ? 9 : 1, repeat: 0, ways, look: null });
  const placed = placeWords([wish("new"), wish("old")], [], new Set(["old"]));
  assert.deepEqual(placed.map(({ wish: { key }, way }) => [key, way.anchor.y]), [["old", 50], ["new", 80]]);
});
