import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, plain } from "./plain.js";

test("marks and case do not matter, đ is d", () => {
  assert.equal(plain(" Đốc Binh Kiều "), "doc binh kieu");
  assert.equal(plain("Hoà"), plain("Hòa"));
});

test("every word counts from its beginning, in any order", () => {
  assert.ok(holds(plain("Phường Cao Lãnh"), plain("lanh CAO")));
  assert.ok(holds(plain("Phường Cao Lãnh"), ""));
  assert.ok(!holds(plain("Phường Cao Lãnh"), plain("cao bằng")));
  assert.ok(!holds(plain("Xã Bình Phú 28471"), "1"));
});
