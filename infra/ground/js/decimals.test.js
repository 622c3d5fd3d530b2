import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readDecimal } from "./decimals.js";

const cases = JSON.parse(readFileSync(new URL("../../../tests/ground/number_cases.json", import.meta.url), "utf8"));

test("the browser reads numbers as the server does", () => {
  assert.ok(cases.length > 50);
  for (const [typed, unit, whole, expected] of cases) {
    const found = readDecimal(typed, { unit, whole });
    if (typeof expected === "string") assert.equal(found.text, expected, `${typed} ${unit}`);
    else assert.deepEqual(found, expected, `${typed} ${unit}`);
  }
});
