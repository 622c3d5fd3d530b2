// What the person does to the drawing: modes, selection, snapping, undo. No DOM, no map.
// `reach` is how near (metres) a pointer must come to mean something; 0 means nothing is meant.

import { createHistory } from "./history.js";
import { length, project } from "./measure.js";
import * as model from "./model.js";
import { leg, snap } from "./snap.js";

export const MODES = ["select", "draw", "split"];

/**
 * @param {import("./types.js").Drawing} drawing
 * @param {{ canEdit?: boolean }} [options]
 */
export function createEditor(drawing, { canEdit = true } = {}) {
  const history = createHistory(drawing);
  const listeners = new Set();
  /** @type {{ roads: import("./types.js").Roads | null, lines: import("./types.js").Line[] }} */
  const nearby = { roads: null, lines: [] };
  /**
   * @type {{
   *   mode: string, snapping: boolean, following: boolean, end: string,
   *   vertex: number | null, segment: number | null,
   * }}
   */
  const state = {
    mode: drawing.vertices.length ? "select" : "draw",
    snapping: true,
    following: true,
    end: "end",
    vertex: null,
    segment: null,
  };
  if (!canEdit) state.mode = "select";

  const tell = (what) => listeners.forEach((listener) => listener(what));

  function keepSelectionSound() {
    const { vertices, segments } = history.drawing;
    if (state.vertex !== null && state.vertex >= vertices.length) state.vertex = null;
    if (state.segment !== null && state.segment >= segments.length) state.segment = null;
    if (!vertices.length) state.end = "end";
  }

  /**
   * @param {import("./types.js").Drawing} next
   * @param {string} label
   * @param {string | null} [key]
   */
  function act(next, label, key = null) {
    if (!canEdit || next === history.drawing) return false;
    history.push(next, label, key);
    keepSelectionSound();
    tell("drawing");
    return true;
  }

  const tip = () => {
    const { vertices } = history.drawing;
    return state.end === "start" ? vertices[0] : vertices.at(-1);
  };

  function target(place, reach, except = null) {
    const vertices = history.drawing.vertices.filter((_, index) => index !== except);
    return snap(place, { ...nearby, vertices, reach: state.snapping ? reach : 0 });
  }

  function nextLeg(place, reach) {
    const found = target(place, reach);
    return { ...leg(tip(), found, nearby.roads, state.following), target: found };
  }

  const on = (place, reach) => {
    const found = project(history.drawing.vertices, place);
    return found && found.offset <= reach ? found : null;
  };

  const editor = {
    state,
    canEdit,
    get drawing() {
      return history.drawing;
    },
    get undoLabel() {
      return history.undoLabel;
    },
    get redoLabel() {
      return history.redoLabel;
    },
    listen(listener) {
      listeners.add(listener);
    },
    setNearby(roads, lines) {
      Object.assign(nearby, { roads, lines });
      tell("nearby");
    },
    setMode(mode) {
      state.mode = canEdit ? mode : "select";
      if (state.mode !== "select") state.vertex = null;
      tell("state");
    },
    toggle(name) {
      state[name] = !state[name];
      tell("state");
    },

    /** What a click here would do: { places, metres, target } while drawing, else the place met. */
    preview(place, reach) {
      if (state.mode !== "draw") return { met: on(place, reach), target: null };
      const next = nextLeg(place, reach);
      const from = tip();
      return { ...next, from, metres: from ? length([from, ...next.places]) : 0 };
    },
    click(place, reach) {
      if (state.mode === "draw") return editor.add(place, reach);
      const met = on(place, reach);
      if (state.mode === "split" && met) return editor.splitAt(met);
      editor.select({ segment: met ? model.segmentAt(history.drawing, met.edge) : null });
      return Boolean(met);
    },
    add(place, reach) {
      const { places } = nextLeg(place, reach);
      const grow = state.end === "start" ? model.prepend : model.append;
      const next = grow(history.drawing, places);
      if (next.vertices.length === history.drawing.vertices.length) return false;
      return act(next, "draw");
    },
    /** While drawing: take back the last vertex. */
    backspace() {
      const last = history.drawing.vertices.length - 1;
      if (last < 0) return false;
      return act(model.deleteVertex(history.drawing, state.end === "start" ? 0 : last), "backspace");
    },
    continueFrom(end) {
      state.end = end;
      editor.setMode("draw");
    },

    /** Where a dragged vertex would come to lie: { drawing, target }; nothing is kept. */
    dragged(index, place, reach) {
      const found = target(place, reach, index);
      return { drawing: model.moveVertex(history.drawing, index, found.point), target: found };
    },
    /** A vertex pulled out of an edge is one act: inserted and dropped. */
    drop(index, place, reach) {
      const { drawing: next } = editor.dragged(index, place, reach);
      return act(next, "move", history.key === `insert:${index}` ? history.key : null);
    },
    nudge(index, dLon, dLat) {
      const [lon, lat] = history.drawing.vertices[index];
      const next = model.moveVertex(history.drawing, index, [lon + dLon, lat + dLat]);
      return act(next, "move", `nudge:${index}`);
    },
    insert(edge, place, reach = 0) {
      const found = target(place, reach);
      state.vertex = edge + 1;
      const next = model.insertVertex(history.drawing, edge, found.point);
      return act(next, "insert", `insert:${edge + 1}`);
    },
    remove(index) {
      state.vertex = null;
      return act(model.deleteVertex(history.drawing, index), "delete");
    },
    split(index) {
      const next = model.splitAtVertex(history.drawing, index);
      if (next.segments.length === history.drawing.segments.length) return false;
      state.segment = model.segmentAt(next, index);
      return act(next, "split");
    },
    splitAt({ edge, point }) {
      const next = model.splitAtPlace(history.drawing, edge, point);
      if (next.segments.length === history.drawing.segments.length) return false;
      state.segment = model.segmentAt(next, edge + 1);
      return act(next, "split");
    },
    merge(index) {
      state.segment = index;
      return act(model.mergeWithNext(history.drawing, index), "merge");
    },
    /**
     * @param {number} index
     * @param {Partial<import("./types.js").Segment>} values
     * @param {string | null} [key]
     */
    describe(index, values, key = null) {
      return act(model.describe(history.drawing, index, values), "describe", key);
    },
    reverse() {
      return act(model.reverse(history.drawing), "reverse");
    },
    replace(next, label) {
      state.vertex = null;
      state.segment = null;
      return act(next, label);
    },

    /** @param {{ vertex?: number | null, segment?: number | null }} chosen */
    select({ vertex = null, segment = null }) {
      if (vertex === state.vertex && segment === state.segment) return;
      Object.assign(state, { vertex, segment });
      tell("selection");
    },
    step(by) {
      const count = history.drawing.vertices.length;
      if (!count) return;
      const from = state.vertex ?? (by > 0 ? -1 : count);
      editor.select({ vertex: (from + by + count) % count });
    },
    stepSegment(by) {
      const count = history.drawing.segments.length;
      if (!count) return;
      const from = state.segment ?? (by > 0 ? -1 : count);
      editor.select({ segment: (from + by + count) % count });
    },
    undo: () => move(history.undo),
    redo: () => move(history.redo),
    /** Start over from a drawing that came from elsewhere; the past is forgotten. */
    restart(fresh) {
      history.restart(fresh);
      keepSelectionSound();
      tell("restart");
    },
  };

  function move(how) {
    if (!canEdit || !how()) return false;
    keepSelectionSound();
    tell("drawing");
    return true;
  }

  return editor;
}
