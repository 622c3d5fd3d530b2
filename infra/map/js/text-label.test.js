import assert from "node:assert/strict";
import { test } from "node:test";

import { wrap } from "./text-label.js";

test("a long name is broken between words", () => {
  assert.deepEqual(wrap("Trường THPT Cao Lãnh 1 (minh họa)", 18), ["Trường THPT Cao", "Lãnh 1 (minh họa)"]);
});

test("a short name stays on one line", () => {
  assert.deepEqual(wrap("Sa Đéc", 18), ["Sa Đéc"]);
});
