import assert from "node:assert/strict";
import { test } from "node:test";
import { createEditor } from "./editor.js";
import { emptyDrawing } from "./model.js";
import { createRoads } from "./roads.js";

const ROADS = createRoads([
  { name: "Nguyễn Huệ", coordinates: [[105.63, 10.46], [105.634, 10.46], [105.64, 10.46]] },
  { name: "Lê Lợi", coordinates: [[105.635, 10.455], [105.635, 10.465]] },
]);

function drawn(...places) {
  const editor = createEditor(emptyDrawing());
  editor.setNearby(ROADS, []);
  places.forEach((place) => editor.click(place, 10));
  return editor;
}

test("an empty page starts drawing; two clicks on roads follow them round the corner", () => {
  const editor = drawn([105.631, 10.46004], [105.63503, 10.463]);
  assert.equal(editor.state.mode, "draw");
  const { vertices, segments } = editor.drawing;
  assert.equal(vertices.length, 4);
  assert.deepEqual(vertices[0], [105.631, 10.46]);
  assert.deepEqual(segments.map((s) => [s.start, s.end]), [[0, 3]]);
});

test("the preview shows exactly what the click then does", () => {
  const editor = drawn([105.631, 10.46]);
  const preview = editor.preview([105.635, 10.463], 10);
  assert.equal(preview.target.name, "Lê Lợi");
  editor.click([105.635, 10.463], 10);
  assert.deepEqual(editor.drawing.vertices.slice(1), preview.places);
  assert.ok(Math.abs(preview.metres - (438 + 332)) < 2);
});

test("one click along a road is one undo, however many vertices it brought", () => {
  const editor = drawn([105.631, 10.46], [105.635, 10.463]);
  editor.undo();
  assert.equal(editor.drawing.vertices.length, 1);
  editor.redo();
  assert.equal(editor.drawing.vertices.length, 4);
});

test("without following the leg is straight, without snapping it is where the pointer is", () => {
  const editor = drawn([105.631, 10.46]);
  editor.toggle("following");
  editor.click([105.635, 10.463], 10);
  assert.equal(editor.drawing.vertices.length, 2);
  editor.toggle("snapping");
  editor.click([105.6361, 10.4601], 10);
  assert.deepEqual(editor.drawing.vertices.at(-1), [105.6361, 10.4601]);
});

test("drawing goes on from the start as well", () => {
  const editor = drawn([105.632, 10.46], [105.633, 10.46]);
  editor.continueFrom("start");
  editor.click([105.631, 10.46], 10);
  assert.deepEqual(editor.drawing.vertices[0], [105.631, 10.46]);
  editor.backspace();
  assert.deepEqual(editor.drawing.vertices[0], [105.632, 10.46]);
});

test("a click on the line selects its segment, in split mode it cuts there", () => {
  const editor = drawn([105.631, 10.46], [105.633, 10.46]);
  editor.setMode("select");
  editor.click([105.632, 10.46003], 10);
  assert.equal(editor.state.segment, 0);
  editor.click([105.632, 10.47], 10);
  assert.equal(editor.state.segment, null);
  editor.setMode("split");
  editor.click([105.632, 10.46003], 10);
  assert.equal(editor.drawing.segments.length, 2);
  assert.equal(editor.drawing.vertices.length, 3);
  assert.equal(editor.click([105.632, 10.47], 10), false);
});

test("a dragged vertex snaps, and lies nowhere until it is dropped", () => {
  const editor = drawn([105.631, 10.46], [105.633, 10.46]);
  const before = editor.drawing;
  const { target } = editor.dragged(1, [105.63503, 10.462], 10);
  assert.equal(target.name, "Lê Lợi");
  assert.equal(editor.drawing, before);
  editor.drop(1, [105.63503, 10.462], 10);
  assert.deepEqual(editor.drawing.vertices[1], target.point);
});

test("a selection that an undo takes away is let go", () => {
  const editor = drawn([105.631, 10.46], [105.633, 10.46]);
  editor.setMode("select");
  editor.select({ vertex: 1 });
  editor.undo();
  assert.equal(editor.state.vertex, null);
});

test("arrow keys held down are one undo", () => {
  const editor = drawn([105.631, 10.46], [105.633, 10.46]);
  const before = editor.drawing;
  for (let i = 0; i < 30; i += 1) editor.nudge(1, 0.00001, 0);
  editor.undo();
  assert.deepEqual(editor.drawing, before);
});

test("who may only look changes nothing", () => {
  const editor = createEditor(drawn([105.631, 10.46], [105.633, 10.46]).drawing, { canEdit: false });
  const before = editor.drawing;
  editor.setMode("draw");
  editor.click([105.634, 10.46], 10);
  editor.remove(0);
  assert.equal(editor.drawing, before);
});

test("twenty vertices are put right in a handful of acts and each can be taken back", () => {
  const editor = drawn(...Array.from({ length: 20 }, (_, i) => [105.631 + i * 0.0002, 10.46]));
  const before = editor.drawing;
  for (let i = 1; i < 19; i += 1) editor.drop(i, [105.631 + i * 0.0002, 10.4605], 0);
  for (let i = 1; i < 19; i += 1) editor.undo();
  assert.deepEqual(editor.drawing, before);
});

test("a vertex pulled out of an edge is one undo; a second pull at the same edge is another", () => {
  const editor = drawn([105.631, 10.46], [105.633, 10.46]);
  editor.toggle("snapping");
  const before = editor.drawing;
  editor.insert(0, [105.632, 10.46]);
  editor.drop(1, [105.632, 10.4603], 0);
  assert.equal(editor.drawing.vertices.length, 3);
  editor.undo();
  assert.equal(editor.drawing, before);
  editor.insert(0, [105.6315, 10.46]);
  editor.select({ vertex: 1 });
  editor.insert(0, [105.6312, 10.46]);
  assert.equal(editor.drawing.vertices.length, 4);
});
