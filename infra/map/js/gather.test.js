import assert from "node:assert/strict";
import { test } from "node:test";

import { gathered } from "./gather.js";
import { clusterRadius } from "./symbols.js";

const sign = (key) => ({ key, label: key, strokes: [], fill: "#000000", fillOpacity: 1, shape: "circle", letter: key, ink: "#ffffff", minZoom: 0, pattern: null });
const style = { order: 50, signBy: "grade", sameAs: {}, labels: [], signs: ["A", "B", "C", "D", ""].map(sign) };
const mark = (x, y, n, worst) => ({
  x, y, key: "masts", style, sign: sign(worst), props: { n, worst }, isMany: n > 1, order: 50, depth: 0, radius: n > 1 ? clusterRadius(n) : 7,
});

test("counts that lie over each other are told as one, with the worst grade of both", () => {
  const [one, ...more] = gathered([mark(100, 100, 30, "B"), mark(110, 100, 10, "D")]);
  assert.deepEqual(more, []);
  assert.equal(one.props.n, 40);
  assert.equal(one.sign.key, "D");
  assert.equal(one.x, 102.5);
});

test("no count is lost and no two circles overlap, in any crowd", () => {
  const crowd = Array.from({ length: 200 }, (_unused, i) => mark((i * 73) % 700, (i * 151) % 500, 1 + (i % 40), "ABCD"[i % 4]));
  const shown = gathered(crowd);
  const sum = (marks) => marks.reduce((total, { props }) => total + props.n, 0);
  assert.equal(sum(shown), sum(crowd));
  shown.forEach((a, i) => {
    for (const b of shown.slice(i + 1)) {
      if (a.isMany || b.isMany) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius - 2);
    }
  });
});

test("masts drawn one by one stay where they are", () => {
  const masts = [mark(10, 10, undefined, "A"), mark(12, 10, undefined, "B")];
  assert.equal(gathered(masts).length, 2);
});
