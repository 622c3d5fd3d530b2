import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, length } from "./measure.js";
import { createRoads, linesOf } from "./roads.js";
import { leg, snap } from "./snap.js";

// Nguyễn Huệ runs east, Lê Lợi crosses it without a common vertex, a lane ends half a metre short of it.
const LINES = [
  { name: "Nguyễn Huệ", coordinates: [[105.63, 10.46], [105.634, 10.46], [105.64, 10.46]] },
  { name: "Lê Lợi", coordinates: [[105.635, 10.455], [105.635, 10.465]] },
  { name: "Hẻm 12", coordinates: [[105.638, 10.46000452], [105.638, 10.463]] },
  { name: "Xa", coordinates: [[105.7, 10.5], [105.71, 10.5]] },
];
const roads = createRoads(LINES);

test("the nearest place names its road", () => {
  const found = roads.nearest([105.632, 10.46005], 15);
  assert.equal(found.name, "Nguyễn Huệ");
  assert.ok(Math.abs(found.offset - 5.53) < 0.05);
  assert.equal(roads.nearest([105.632, 10.461], 15), null);
});

test("the way turns where roads cross, even without a common vertex", () => {
  const start = roads.nearest([105.632, 10.46], 10);
  const end = roads.nearest([105.635, 10.463], 10);
  const way = roads.path(start, end);
  assert.equal(way.places.length, 4); // start, the vertex at 105.634, the crossing, end
  assert.ok(Math.abs(way.metres - length(way.places)) < 0.01);
  assert.ok(distance(way.places[2], [105.635, 10.46]) < 0.01);
});

test("a lane that ends just short of a road is joined to it", () => {
  const way = roads.path(roads.nearest([105.631, 10.46], 5), roads.nearest([105.638, 10.462], 5));
  assert.ok(way);
  assert.ok(distance(way.places.at(-2), [105.638, 10.46]) < 1.1);
});

test("two places on one stretch are joined straight", () => {
  const way = roads.path(roads.nearest([105.631, 10.46], 5), roads.nearest([105.632, 10.46], 5));
  assert.equal(way.places.length, 2);
});

test("roads that do not meet give no way, and the leg is straight", () => {
  const start = roads.nearest([105.631, 10.46], 5);
  const target = snap([105.705, 10.5], { roads, reach: 10 });
  assert.equal(roads.path(start, target.found), null);
  assert.deepEqual(leg(start.point, target, roads, true), { places: [target.point], along: false });
});

test("a leg along roads leaves out the vertex it starts from", () => {
  const start = roads.nearest([105.632, 10.46], 10);
  const target = snap([105.635, 10.463], { roads, reach: 10 });
  const { places, along } = leg(start.point, target, roads, true);
  assert.ok(along);
  assert.equal(places.length, 3);
  assert.deepEqual(leg(start.point, target, roads, false).places.length, 1);
});

test("a vertex wins over the road beside it, and no reach means no snapping", () => {
  const vertex = [105.63201, 10.46003];
  const place = [105.632, 10.46002];
  assert.deepEqual(snap(place, { vertices: [vertex], roads, reach: 10 }).point, vertex);
  assert.equal(snap(place, { vertices: [vertex], roads, reach: 0 }).kind, "free");
  assert.equal(snap(place, { roads, reach: 10 }).kind, "road");
});

test("a duct nearer than the road is the target", () => {
  const lines = [{ name: "Tuyến 12", coordinates: [[105.63, 10.46003], [105.64, 10.46003]] }];
  const found = snap([105.632, 10.46004], { roads, lines, reach: 10 });
  assert.equal(found.kind, "line");
  assert.equal(found.name, "Tuyến 12");
});

test("lines are read from GeoJSON, several parts too", () => {
  const collection = {
    features: [
      { geometry: { type: "LineString", coordinates: [[1, 2], [3, 4]] }, properties: { name: "A" } },
      { geometry: { type: "MultiLineString", coordinates: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]] }, properties: {} },
      { geometry: { type: "Point", coordinates: [1, 2] }, properties: {} },
    ],
  };
  assert.deepEqual(linesOf(collection).map((line) => line.name), ["A", "", ""]);
});

test("a city's worth of streets is a graph in well under a second", () => {
  const grid = [];
  for (let i = 0; i < 40; i += 1) {
    const [lon, lat] = [105.6 + i * 0.001, 10.44 + i * 0.001];
    grid.push({ name: `Dọc ${i}`, coordinates: [[lon, 10.44], [lon, 10.48]] });
    grid.push({ name: `Ngang ${i}`, coordinates: [[105.6, lat], [105.64, lat]] });
  }
  const began = performance.now();
  const city = createRoads(grid);
  const way = city.path(city.nearest([105.6, 10.44], 5), city.nearest([105.639, 10.479], 5));
  assert.ok(performance.now() - began < 1500);
  assert.ok(Math.abs(way.metres - 2 * 4290) < 200);
});
