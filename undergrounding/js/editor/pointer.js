// Pointer and keyboard acts on the map: hover shows, click does, double click and Enter end the line.

import { actName, targetName } from "./words.js";
import { metres } from "./format.js";
import { length } from "./measure.js";

const MOUSE_PIXELS = 14;
const TOUCH_PIXELS = 26;

export function bindPointer(map, editor, view, { onAlong, onMode }) {
  const touch = globalThis.matchMedia("(pointer: coarse)").matches;
  let at = null;
  let free = false;

  const reach = () => (free ? 0 : view.reach(touch ? TOUCH_PIXELS : MOUSE_PIXELS));

  function hint({ target, metres: more, along }) {
    const parts = [targetName(target)];
    if (more) parts.push(`+${metres(more)}${along ? " ↝" : ""}`);
    const total = length(editor.drawing.vertices) + (more ?? 0);
    if (editor.drawing.vertices.length) parts.push(metres(total));
    return parts.filter(Boolean).join(" · ");
  }

  function show() {
    const container = map.getContainer();
    container.classList.toggle("is-near", false);
    if (!at || view.isDragging) return view.hideNext();
    const seen = editor.preview(at, reach());
    if (editor.state.mode === "draw") {
      view.showNext(seen.from, seen, hint(seen));
      return onAlong(null);
    }
    view.hideNext();
    container.classList.toggle("is-near", Boolean(seen.met));
    if (editor.state.mode === "split" && seen.met) {
      view.showCaught({ kind: "vertex", point: seen.met.point }, actName("split"));
    }
    return onAlong(at, reach() * 2);
  }

  map.on("mousemove", (event) => {
    at = view.toPlace(event.latlng);
    free = event.originalEvent.altKey;
    show();
  });
  map.on("mouseout", () => {
    at = null;
    view.hideNext();
    onAlong(null);
  });
  map.on("click", (event) => {
    free = event.originalEvent.altKey;
    editor.click(view.toPlace(event.latlng), reach());
  });
  map.on("dblclick", () => {
    if (editor.state.mode === "draw") onMode("select");
  });

  return {
    refresh: show,
    reach,
    dragLabel: (target) => view.showCaught(target, targetName(target)),
    /** The cross in the middle of the map, for keyboard and thumb. */
    addAtCentre() {
      editor.click(view.toPlace(map.getCenter()), reach());
    },
  };
}
