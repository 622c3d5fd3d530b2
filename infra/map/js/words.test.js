import assert from "node:assert/strict";
import { test } from "node:test";

import { wishesOf, wrap } from "./words.js";

const label = (more) => ({ property: "name", minZoom: 9, maxZoom: 23, color: "#000000", place: "middle", size: 11, growth: 1, most: 14, weight: 600, italic: false, halo: "#ffffff", rank: 10, repeat: 300, by: "", only: [], ...more });
const layer = (kind, labels, sameAs = {}) => ({ key: "roads", kind, style: { order: 1, signBy: "class", sameAs, signs: [], labels } });
const pen = (zoom) => ({ zoom, width: (_font, words) => words.length * 6 });
const same = (spot) => spot;
const road = (name, cls, x = 0) => ({ props: { name, class: cls }, geom: [[{ x, y: 0 }, { x: x + 300, y: 0 }]], box: { minX: x, maxX: x + 300, minY: 0, maxY: 0 } });

test("long names are broken into lines of words", () => {
  assert.deepEqual(wrap("Viettel Cao Lãnh 06", 12), ["Viettel Cao", "Lãnh 06"]);
});

test("a rule names only what it is meant for, at its zooms, also by another name of the class", () => {
  const style = layer("line", [label({ place: "along", only: ["tertiary"], minZoom: 13 })], { avenue: "tertiary" });
  const roads = [road("Nguyễn Huệ", "avenue"), road("Hẻm 4", "residential", 400)];
  assert.deepEqual(wishesOf(style, roads, same, pen(12), () => true), []);
  const wishes = wishesOf(style, roads, same, pen(14));
  assert.deepEqual(wishes.map(({ key }) => key), ["roads:Nguyễn Huệ"]);
});

test("letters grow with nearness up to their most", () => {
  const style = layer("line", [label({ place: "along" })]);
  const sizes = [9, 10, 20].map((zoom) => wishesOf(style, [road("Lê Lợi", "x")], same, pen(zoom))[0].look.size);
  assert.deepEqual(sizes, [11, 12, 14]);
});

test("what two tiles hold is told by the one in which it stands", () => {
  const place = { props: { name: "Sa Đéc", class: "" }, geom: [[{ x: 540, y: 20 }]], box: { minX: 540, maxX: 540, minY: 20, maxY: 20 } };
  assert.deepEqual(wishesOf(layer("point", [label({})]), [place], same, pen(12)), []);
});
