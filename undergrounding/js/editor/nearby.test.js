import assert from "node:assert/strict";
import { test } from "node:test";
import { createNearby } from "./nearby.js";

const line = (id) => ({
  id,
  geometry: { type: "LineString", coordinates: [[105.63, 10.46], [105.64, 10.46]] },
  properties: { name: id },
});

function rig(get) {
  const seen = { asked: [], told: [], found: [] };
  const nearby = createNearby({
    urls: { roads: "/r/", routes: "/t/" },
    ownId: "own",
    get: async (url) => {
      seen.asked.push(url);
      return get(url);
    },
    found: (...result) => seen.found.push(result),
    tell: (state) => seen.told.push(state),
  });
  return { nearby, seen };
}

test("one fetch serves the moves inside its box", async () => {
  const { nearby, seen } = rig(() => ({ features: [line("a")] }));
  await nearby.look([105.63, 10.45, 105.64, 10.46], 16);
  await nearby.look([105.632, 10.451, 105.642, 10.461], 16);
  assert.equal(seen.asked.length, 2);
  assert.ok(seen.found[0][0].nearest([105.635, 10.46], 5));
});

test("the route itself is no target", async () => {
  const { nearby, seen } = rig((url) => ({ features: url.startsWith("/t/") ? [line("own")] : [] }));
  await nearby.look([105.63, 10.45, 105.64, 10.46], 16);
  assert.deepEqual(seen.found[0][1], []);
});

test("from too far nothing is fetched, and a failure is told", async () => {
  const { nearby, seen } = rig(() => {
    throw new TypeError("network");
  });
  await nearby.look([105, 10, 106, 11], 11);
  await nearby.look([105.63, 10.45, 105.64, 10.46], 16);
  assert.deepEqual(seen.told, ["far", "failed"]);
});

test("where some are left out it says so, holds the middle and asks again elsewhere", async () => {
  const { nearby, seen } = rig((url) => ({ features: [line("a")], leftOut: url.startsWith("/r/") }));
  await nearby.look([105.63, 10.45, 105.64, 10.46], 16);
  await nearby.look([105.633, 10.453, 105.637, 10.457], 17);
  assert.equal(seen.asked.length, 2);
  await nearby.look([105.632, 10.451, 105.642, 10.461], 16);
  assert.equal(seen.asked.length, 4);
  assert.deepEqual(seen.told, ["part", "ready", "part"]);
  assert.ok(seen.found[0][0].nearest([105.635, 10.46], 5));
});
