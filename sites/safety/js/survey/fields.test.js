import assert from "node:assert/strict";
import { test } from "node:test";

import { toPayload, unanswered } from "./fields.js";

test("a measured value goes as the server reads it", () => {
  const draft = { uuid: "u", fields: { kind: "survey", "measure-plumb": " 1 250,5 mm", "measure-height": "36,5" } };
  assert.deepEqual(toPayload(draft, []).measurements.map(({ value }) => value), ["1250.5", "36.5"]);
});

test("severity goes only with a failure", () => {
  const draft = {
    uuid: "u",
    fields: { kind: "survey", "result-bolts": "pass", "severity-bolts": "4", "result-guys": "fail", "severity-guys": "4" },
  };
  assert.deepEqual(
    toPayload(draft, ["bolts", "guys"]).answers.map(({ code, severity }) => [code, severity]),
    [["bolts", null], ["guys", 4]],
  );
});

test("the position's own time is the time of the visit", () => {
  const draft = { uuid: "u", fields: { kind: "survey" }, position: { lat: 10, lon: 105, accuracy: 8, at: "2026-11-20T01:00:00Z" } };
  assert.equal(toPayload(draft, []).visited_at, "2026-11-20T01:00:00Z");
});

test("what is not answered is counted", () => {
  assert.deepEqual(unanswered({ "result-bolts": "pass" }, ["bolts", "guys"]), ["guys"]);
});
