import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const folder = new URL(".", import.meta.url);
const scripts = readdirSync(folder).filter((name) => /(?<!\.test)\.js$/.test(name));
const read = (name) => readFileSync(new URL(name, folder), "utf8");

test("no script of the map leans on a name that Leaflet keeps to itself", () => {
  for (const name of scripts) {
    const found = read(name).match(/\b(?:map|layer|leaflet|L|event|target)\._[a-z]\w*/gi) ?? [];
    assert.deepEqual(found, [], name);
  }
});

test("only the one seam extends Leaflet's grid of tiles", () => {
  const leaning = scripts.filter((name) => read(name).includes("L.GridLayer"));
  assert.deepEqual(leaning, ["vector-layer.js"]);
});
