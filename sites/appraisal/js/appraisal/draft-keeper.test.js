import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

import { DraftKeeper } from "./draft-keeper.js";

let form;
let storage;
let told;

beforeEach(() => {
  const { window } = new JSDOM(
    `<form action="/luu/" data-draft="position:1"><label for="id_height_m">Height</label>
     <input name="version" value="1"><input name="height_m" id="id_height_m" value="42"></form>`,
    { url: "http://localhost/" },
  );
  globalThis.FormData = window.FormData;
  globalThis.gettext = (text) => text;
  globalThis.interpolate = (text, values) => text.replace(/%\((\w+)\)s/g, (all, name) => values[name]);
  form = window.document.querySelector("form");
  storage = window.localStorage;
  told = [];
});

const keeper = (send) => new DraftKeeper(form, (words, kind) => told.push([words, kind]), { storage, send });
const answer = (status, body) => async () => ({ ok: status < 300, status, json: async () => body });

test("a kept draft raises the version of the form and leaves the browser", async () => {
  storage.setItem("position:1", "{}");
  await keeper(answer(200, { version: 2, at: "10:32:05" })).keep();
  assert.equal(form.elements.version.value, "2");
  assert.equal(storage.getItem("position:1"), null);
  assert.deepEqual(told, [["Kept at 10:32:05.", "good"]]);
});

test("an incomplete draft names what is missing and stays in the browser", async () => {
  const one = keeper(answer(422, { errors: { height_m: ["x"] } }));
  one.touch();
  await one.keep();
  assert.match(told.at(-1)[0], /still missing: Height/);
  assert.ok(storage.getItem("position:1").includes("42"));
});

test("without a connection the draft stays in the browser and says so", async () => {
  await keeper(async () => {
    throw new TypeError("offline");
  }).keep();
  assert.equal(told.at(-1)[1], "waiting");
});

test("a page opened again brings back what the server never got", () => {
  storage.setItem("position:1", JSON.stringify({ version: "1", height_m: "38" }));
  keeper(answer(200, {})).start();
  assert.equal(form.elements.height_m.value, "38");
});

test("an older draft than the server's is not brought back", () => {
  storage.setItem("position:1", JSON.stringify({ version: "0", height_m: "38" }));
  keeper(answer(200, {})).start();
  assert.equal(form.elements.height_m.value, "42");
});

test("what somebody else changed meanwhile is told in the server's words", async () => {
  await keeper(answer(409, { sentences: ["Changed by Lan."] })).keep();
  assert.deepEqual(told.at(-1), ["Changed by Lan.", "bad"]);
});
