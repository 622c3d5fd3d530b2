import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { readLines, UnreadableLine } from "./lines.js";

const xml = (text) => new new JSDOM("").window.DOMParser().parseFromString(text, "text/xml");

test("a GeoJSON line keeps every coordinate as it stands, heights left out", () => {
  const places = [[105.632112345678, 10.46020987654321, 3], [105.64, 10.47, 4]];
  const text = JSON.stringify({ type: "Feature", geometry: { type: "LineString", coordinates: places } });
  assert.deepEqual(readLines(text, xml)[0].places, [[105.632112345678, 10.46020987654321], [105.64, 10.47]]);
});

test("tracks and routes of a GPX file are read, with their names", () => {
  const text = `<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Tuyến 1</name><trkseg>
    <trkpt lat="10.46" lon="105.63"/><trkpt lat="10.47" lon="105.64"/></trkseg></trk>
    <rte><rtept lat="10.4" lon="105.6"/><rtept lat="10.5" lon="105.7"/></rte></gpx>`;
  const lines = readLines(text, xml);
  assert.deepEqual(lines.map((line) => line.name), ["Tuyến 1", ""]);
  assert.deepEqual(lines[0].places[1], [105.64, 10.47]);
});

test("placemarks of a KML file are read", () => {
  const text = `<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Hùng Vương</name>
    <LineString><coordinates>105.63,10.46,0 105.64,10.47,0</coordinates></LineString></Placemark></kml>`;
  assert.deepEqual(readLines(text, xml), [
    { name: "Hùng Vương", places: [[105.63, 10.46], [105.64, 10.47]] },
  ]);
});

test("swapped axes are put right and said so", () => {
  const text = JSON.stringify({ type: "LineString", coordinates: [[10.46, 105.63], [10.47, 105.64]] });
  const [line] = readLines(text, xml);
  assert.ok(line.wasSwapped);
  assert.deepEqual(line.places[0], [105.63, 10.46]);
});

test("what is no line is refused with the reason", () => {
  for (const text of ["", "{", '{"type":"Point","coordinates":[1,2]}', "<gpx>"]) {
    assert.throws(() => readLines(text, xml), UnreadableLine);
  }
});
