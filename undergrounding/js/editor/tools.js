// Buttons and keys: every act has both; states are shown by aria-pressed and in words.

import { KEYS } from "./keys.js";
import { metresPerDegree } from "./measure.js";
import { isBoundary } from "./model.js";
import { _, actName } from "./words.js";

const ARROWS = { arrowup: [0, 1], arrowdown: [0, -1], arrowleft: [-1, 0], arrowright: [1, 0] };

export function bindTools({ root, page, editor, saving, view, map, dialogs }) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const button = (act) => root.querySelector(`[data-act=${act}]`);
  const menu = part("vertex-menu");
  let aiming = false;
  let near = "ready";

  const acts = {
    draw: () => editor.setMode("draw"),
    select: () => editor.setMode("select"),
    split: () => editor.setMode("split"),
    snapping: () => editor.toggle("snapping"),
    following: () => editor.toggle("following"),
    aim: () => {
      aiming = !aiming;
      render();
    },
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    reverse: () => editor.reverse(),
    fit: () => view.fit(),
    help: () => dialogs.open("keys"),
    info: () => dialogs.open("info"),
    import: () => dialogs.open("import"),
    save: () => void saving.flush(),
    finish: () => editor.setMode("select"),
    backspace: () => editor.backspace(),
    addAtCentre: () => root.dispatchEvent(new Event("re-add-at-centre")),
    deleteVertex: () => editor.remove(editor.state.vertex),
    splitVertex: () => editor.split(editor.state.vertex),
    continueVertex: () => editor.continueFrom(editor.state.vertex === 0 ? "start" : "end"),
    panel: () => {
      const open = root.classList.toggle("is-panel-open");
      button("panel").setAttribute("aria-expanded", open);
    },
    done,
  };

  root.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-act]");
    if (!pressed) return;
    event.preventDefault();
    acts[pressed.dataset.act]?.();
  });

  async function done() {
    await saving.flush();
    if (!saving.unsaved && saving.state !== "refused") location.assign(page.urls.detail ?? page.urls.list);
  }

  function render() {
    const { mode, snapping, following } = editor.state;
    root.dataset.mode = mode;
    root.classList.toggle("is-aiming", aiming);
    for (const name of ["draw", "select", "split"]) {
      button(name)?.setAttribute("aria-pressed", mode === name);
    }
    button("snapping")?.setAttribute("aria-pressed", snapping);
    button("following")?.setAttribute("aria-pressed", following);
    button("aim")?.setAttribute("aria-pressed", aiming);
    nameStep(button("undo"), _("Undo"), editor.undoLabel);
    nameStep(button("redo"), _("Redo"), editor.redoLabel);
    part("hint").textContent = hint();
    map.doubleClickZoom[mode === "draw" ? "disable" : "enable"]();
    placeVertexMenu();
  }

  function nameStep(element, verb, label) {
    if (!element) return;
    element.disabled = label === null;
    element.title = label === null ? verb : `${verb}: ${actName(label)}`;
  }

  function hint() {
    const { mode } = editor.state;
    const drawn = editor.drawing.vertices.length;
    if (!editor.canEdit) return _("Read only: this route is no longer a draft");
    if (near === "failed" && mode === "draw") return _("Roads could not be loaded: drawing goes on without snapping");
    if (near === "far" && mode === "draw") return _("Zoom in to snap to roads");
    if (near === "part" && mode === "draw") return _("Very many roads lie here: it snaps to those near the middle; zoom in for the others");
    if (mode === "split") return _("Click the line where a new segment begins");
    if (mode === "draw" && !drawn) return _("Click where the route starts; it snaps to the centre line of roads");
    if (mode === "draw") return _("Click the next place; double click or Enter ends the line");
    return drawn ? _("Drag a vertex, or click the line to choose a segment") : "";
  }

  function placeVertexMenu() {
    const index = editor.state.vertex;
    const place = index === null ? null : editor.drawing.vertices[index];
    menu.hidden = !place || !editor.canEdit || editor.state.mode !== "select";
    if (menu.hidden) return;
    const at = map.latLngToContainerPoint(view.toLatLng(place));
    const width = map.getSize().x;
    menu.style.left = `${Math.min(Math.max(at.x, 110), width - 110)}px`;
    menu.style.top = `${at.y > 110 ? at.y - 62 : at.y + 22}px`;
    const last = editor.drawing.vertices.length - 1;
    const isEnd = index === 0 || index === last;
    menu.querySelector("[data-act=continueVertex]").hidden = !isEnd;
    menu.querySelector("[data-act=splitVertex]").hidden = isEnd || isBoundary(editor.drawing, index);
  }

  const chosen = () => editor.canEdit && editor.state.vertex !== null;

  function nudge(event) {
    const { vertex } = editor.state;
    if (!chosen()) return false;
    const [x, y] = ARROWS[event.key.toLowerCase()];
    const metres = view.reach(event.shiftKey ? 10 : 1);
    const scale = metresPerDegree(editor.drawing.vertices[vertex][1]);
    return editor.nudge(vertex, (x * metres) / scale.lon, (y * metres) / scale.lat);
  }

  /** For keys: false lets the browser and the map have the key. */
  const handlers = (pointer) => ({
    ...Object.fromEntries(KEYS.map(({ act }) => [act, acts[act]]).filter(([, run]) => run)),
    nudge,
    delete: () => {
      if (editor.state.mode === "draw") return editor.backspace();
      return chosen() ? editor.remove(editor.state.vertex) : false;
    },
    enter: () => {
      if (editor.state.mode === "draw" && aiming) return pointer.addAtCentre();
      return editor.state.mode === "draw" ? editor.setMode("select") : false;
    },
    escape: () => {
      if (editor.state.mode !== "select") return editor.setMode("select");
      return editor.select({});
    },
    nextVertex: () => editor.step(1),
    previousVertex: () => editor.step(-1),
    nextSegment: () => editor.stepSegment(1),
    previousSegment: () => editor.stepSegment(-1),
    merge: () => (editor.state.segment === null ? false : editor.merge(editor.state.segment)),
  });

  return {
    render,
    handlers,
    placeVertexMenu,
    tellNearby(state) {
      near = state;
      part("hint").textContent = hint();
    },
  };
}
