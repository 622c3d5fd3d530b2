import assert from "node:assert/strict";
import { test } from "node:test";

import { readState, writeState } from "./permalink.js";

test("a state written to the address is read back", () => {
  const state = {
    zoom: 14,
    center: [10.4602, 105.6321],
    layers: ["masts", "roads"],
    selected: { layer: "masts", id: "a-b" },
  };
  assert.deepEqual(readState(writeState("?grade=D", state)), state);
  assert.match(writeState("?grade=D", state), /grade=D/);
});

test("nonsense in the address is passed over", () => {
  assert.deepEqual(readState("?v=99,abc,1&chon=masts"), {});
  assert.deepEqual(readState("?v=14,95,105"), {});
});
