import assert from "node:assert/strict";
import { test } from "node:test";

import { movedToRemarks, toPayload, unanswered } from "./fields.js";

const shown = (...codes) => ({ on: "2026-11-24", codes });

test("a measured value goes as the server reads it", () => {
  const draft = { uuid: "u", fields: { kind: "survey", "measure-plumb": " 1 250,5 mm", "measure-height": "36,5" } };
  assert.deepEqual(toPayload(draft, shown()).measurements.map(({ value }) => value), ["1250.5", "36.5"]);
});

test("severity goes only with a failure", () => {
  const draft = {
    uuid: "u",
    fields: { kind: "survey", "result-bolts": "pass", "severity-bolts": "4", "result-guys": "fail", "severity-guys": "4" },
  };
  assert.deepEqual(
    toPayload(draft, shown("bolts", "guys")).answers.map(({ code, severity }) => [code, severity]),
    [["bolts", null], ["guys", 4]],
  );
});

test("the position's own time is the time of the visit", () => {
  const draft = { uuid: "u", fields: { kind: "survey" }, position: { lat: 10, lon: 105, accuracy: 8, at: "2026-11-20T01:00:00Z" } };
  assert.equal(toPayload(draft, shown()).visited_at, "2026-11-20T01:00:00Z");
});

test("what is not answered is counted", () => {
  assert.deepEqual(unanswered({ "result-bolts": "pass" }, ["bolts", "guys"]), ["guys"]);
});

test("the checklist that the page showed travels with the visit", () => {
  const draft = { uuid: "u", fields: { kind: "survey", "result-bolts": "pass" } };
  assert.deepEqual(toPayload(draft, shown("bolts", "guys")).checklist, { on: "2026-11-24", codes: ["bolts", "guys"] });
});

test("an answer to an item that the page no longer shows is sent, not dropped", () => {
  const draft = { uuid: "u", fields: { kind: "survey", "result-old": "fail", "severity-old": "4" } };
  const payload = toPayload(draft, shown("bolts"));
  assert.deepEqual(payload.checklist.codes, ["bolts", "old"]);
  assert.deepEqual(payload.answers, [{ code: "old", result: "fail", severity: 4, note: "" }]);
});

test("an answer that the server refused as unknown is kept in the remarks", () => {
  const fields = { note: "gỉ", "result-old": "fail", "severity-old": "4", "note-old": "thủng", "result-bolts": "pass" };
  assert.deepEqual(movedToRemarks(fields, ["bolts"]), { note: "gỉ\nold: fail, 4, thủng", "result-bolts": "pass" });
});
