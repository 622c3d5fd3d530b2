import "../../css/route-editor.css";
import { createMap } from "../../../infra/map/js/map.js";
import { need, readJson } from "../../../infra/web/js/find.js";
import { bindDialogs } from "../editor/dialogs.js";
import { createEditor } from "../editor/editor.js";
import { bindKeys } from "../editor/keys.js";
import { createNearby } from "../editor/nearby.js";
import { createPanel } from "../editor/panel.js";
import { bindPointer } from "../editor/pointer.js";
import { createSaving } from "../editor/saving.js";
import { createStrip } from "../editor/strip.js";
import { createView } from "../editor/view.js";
import { bindTools } from "../editor/tools.js";
import { renderFindings } from "../editor/findings.js";


const page = readJson("route-data");
const LAST_VIEW = "tt.route-view";
const root = need("#route-editor");
const part = (name) => need(`[data-part=${name}]`, root);

async function getJson(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const widget = createMap(need("#map"));
const map = widget.leaflet;
const { vertices, segments } = page.route;
const editor = createEditor({ vertices, segments }, { canEdit: page.canEdit });

const view = createView(map, editor, {
  onDrag(index, place, event) {
    const free = event.originalEvent?.altKey;
    const dragged = editor.dragged(index, place, free ? 0 : pointer.reach());
    pointer.dragLabel(dragged.target);
    return dragged;
  },
  onDragEnd(index, place) {
    editor.drop(index, place, 0);
    editor.select({ vertex: index });
    view.hideNext();
    render();
  },
  onVertex: (index) => editor.select({ vertex: editor.state.vertex === index ? null : index }),
});

const strip = createStrip(part("strip"), part("chainage"), editor, {
  onHover: (place) => view.showAlong(place),
  onPick: (segment) => editor.select({ segment }),
  methodName: (method) => page.methods.find(({ value }) => value === method)?.label ?? method,
});
const panel = createPanel(part("panel"), editor, page);
const saving = createSaving({
  page,
  editor,
  output: part("saved"),
  fields: () => dialogs.fields(),
  onSaved(answer) {
    page.urls.detail = answer.urls.detail;
    renderFindings(part("findings"), answer.findings, (evidence) => widget.showEvidence?.(evidence));
    if (page.route.isNew) {
      page.route.isNew = false;
      history.replaceState(null, "", answer.urls.editor);
    }
    tools.render();
  },
  onConflict: (theirs) => dialogs.conflict(theirs),
  onRefused: (answer) => renderFindings(part("findings"), answer.findings ?? [], null, answer.sentences),
});
const dialogs = bindDialogs({ root, page, editor, saving, view });
const tools = bindTools({ root, page, editor, saving, view, map, dialogs });
const pointer = bindPointer(map, editor, view, {
  onAlong: (place, reach) => strip.follow(place ?? [0, 0], place ? reach : -1),
  onMode: (mode) => editor.setMode(mode),
});
const nearby = createNearby({
  urls: page.urls,
  ownId: page.route.uuid,
  get: getJson,
  found(roads, lines) {
    view.drawOthers(lines);
    editor.setNearby(roads, lines);
  },
  tell: (state) => tools.tellNearby(state),
});

function lookAround() {
  const { lat, lng } = map.getCenter();
  localStorage.setItem(LAST_VIEW, JSON.stringify({ centre: [lat, lng], zoom: map.getZoom() }));
  const box = map.getBounds();
  nearby.look([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()], map.getZoom());
}

function render() {
  view.render();
  panel.render();
  strip.draw();
  tools.render();
  pointer.refresh();
}

editor.listen((what) => {
  if (!view.isDragging) render();
  if (what === "drawing") saving.changed();
  if (what === "selection") {
    panel.reveal();
    tools.placeVertexMenu();
  }
  if (what === "drawing" && editor.state.mode === "draw") dialogs.suggestName(lastRoad());
});

function lastRoad() {
  const tip = editor.drawing.vertices.at(-1);
  const found = tip && editor.preview(tip, 1).target;
  return found?.found?.name ?? "";
}

bindKeys(document, tools.handlers(pointer));
root.addEventListener("re-add-at-centre", () => pointer.addAtCentre());
map.on("moveend zoomend", () => {
  view.render();
  lookAround();
  tools.placeVertexMenu();
});
map.on("move", () => tools.placeVertexMenu());
new ResizeObserver(() => {
  map.invalidateSize();
  strip.draw();
}).observe(part("map"));

const lastView = localStorage.getItem(LAST_VIEW);
if (vertices.length) view.fit();
else if (lastView) {
  const { centre, zoom } = JSON.parse(lastView);
  map.setView(centre, zoom, { animate: false });
}
render();
lookAround();
renderFindings(part("findings"), page.findings, (evidence) => widget.showEvidence?.(evidence));
dialogs.offerCopy();
root.dataset.ready = "true";
