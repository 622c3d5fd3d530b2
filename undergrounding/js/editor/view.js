// The drawing on the map: line, vertices, midpoints, what the next click would do. window.L only.

import { between, metresPerDegree } from "./measure.js";
import { isBoundary, segmentVertices } from "./model.js";

const L = globalThis.window?.L;
const MOST_HANDLES = 300;
const MIDPOINT_PIXELS = 44;
/**
 * @param {import("./types.js").Place} place
 * @returns {[number, number]}
 */
const toLatLng = ([lon, lat]) => [lat, lon];
/**
 * @param {{ lat: number, lng: number }} at
 * @returns {import("./types.js").Place}
 */
const toPlace = ({ lat, lng }) => [lng, lat];
const asText = (text) => {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
};
/** @type {import("leaflet").PolylineOptions} */
const SOLID = { lineCap: "round", lineJoin: "round", interactive: false };

/** @param {import("leaflet").Map} map */
export function createView(map, editor, { onDrag, onDragEnd, onVertex }) {
  map.createPane("route-line").classList.add("re-pane-line");
  map.createPane("route-mark").classList.add("re-pane-mark");
  const pane = "route-line";
  const others = L.layerGroup().addTo(map);
  const lines = L.layerGroup().addTo(map);
  const handles = L.layerGroup().addTo(map);
  const next = L.polyline([], { ...SOLID, pane, className: "re-next" }).addTo(map);
  const caught = L.circleMarker([0, 0], { pane, radius: 7, className: "re-caught", interactive: false });
  const along = L.circleMarker([0, 0], { pane, radius: 6, className: "re-along", interactive: false });
  const label = L.tooltip({ permanent: true, direction: "auto", offset: [14, 0], className: "re-label" });
  let dragging = false;

  function drawLines(drawing) {
    lines.clearLayers();
    const whole = drawing.vertices.map(toLatLng);
    L.polyline(whole, { ...SOLID, pane, className: "re-casing" }).addTo(lines);
    drawing.segments.forEach((segment, index) => {
      const places = segmentVertices(drawing, segment).map(toLatLng);
      const told = segment.method && segment.surface ? "" : " is-untold";
      const chosen = editor.state.segment === index;
      if (chosen) L.polyline(places, { ...SOLID, pane, className: "re-chosen" }).addTo(lines);
      L.polyline(places, { ...SOLID, pane, className: `re-line${told}` }).addTo(lines);
    });
  }

  function handle(place, className, options) {
    const icon = L.divIcon({ className: `re-handle ${className}`, iconSize: [26, 26] });
    const marker = L.marker(toLatLng(place), { icon, keyboard: false, pane: "route-mark", ...options });
    return marker.addTo(handles);
  }

  function vertexClass(index) {
    const last = editor.drawing.vertices.length - 1;
    const kind = index === 0 ? "is-start" : index === last ? "is-end" : "";
    const bound = !kind && isBoundary(editor.drawing, index) ? "is-bound" : "";
    return `re-vertex ${kind} ${bound} ${editor.state.vertex === index ? "is-chosen" : ""}`;
  }

  function makeDraggable(marker, begin) {
    let index = null;
    marker.on("dragstart", () => {
      dragging = true;
      index = begin();
    });
    marker.on("drag", (event) => {
      const { drawing, target } = onDrag(index, toPlace(event.latlng), event);
      marker.setLatLng(toLatLng(target.point));
      drawLines(drawing);
    });
    marker.on("dragend", () => {
      dragging = false;
      onDragEnd(index, toPlace(marker.getLatLng()));
    });
  }

  function drawVertices(bounds) {
    const { vertices } = editor.drawing;
    const shown = vertices.flatMap((place, index) =>
      bounds.contains(toLatLng(place)) ? [index] : [],
    );
    const step = Math.ceil(shown.length / MOST_HANDLES);
    for (const [order, index] of shown.entries()) {
      if (order % step && index !== editor.state.vertex) continue;
      const marker = handle(vertices[index], vertexClass(index), {
        draggable: editor.canEdit,
        zIndexOffset: editor.state.vertex === index ? 1000 : 200,
      });
      marker.on("click", () => onVertex(index));
      makeDraggable(marker, () => index);
    }
    return step === 1;
  }

  function drawMidpoints(bounds) {
    const { vertices } = editor.drawing;
    for (let edge = 0; edge < vertices.length - 1; edge += 1) {
      const [a, b] = [vertices[edge], vertices[edge + 1]];
      const middle = between(a, b, 0.5);
      const pixels = map
        .latLngToLayerPoint(toLatLng(a))
        .distanceTo(map.latLngToLayerPoint(toLatLng(b)));
      if (pixels < MIDPOINT_PIXELS || !bounds.contains(toLatLng(middle))) continue;
      const marker = handle(middle, "re-middle", { draggable: true });
      const insert = () => {
        editor.insert(edge, middle);
        return edge + 1;
      };
      makeDraggable(marker, insert);
      marker.on("click", insert);
    }
  }

  function drawEnds() {
    const { vertices } = editor.drawing;
    for (const index of new Set([0, vertices.length - 1])) {
      if (vertices[index]) handle(vertices[index], vertexClass(index), { interactive: false });
    }
  }

  return {
    get isDragging() {
      return dragging;
    },
    /** Other routes near by: targets for snapping, drawn faintly. */
    drawOthers(near) {
      others.clearLayers();
      for (const { coordinates } of near) {
        L.polyline(coordinates.map(toLatLng), { ...SOLID, pane, className: "re-other" }).addTo(others);
      }
    },
    render() {
      drawLines(editor.drawing);
      if (dragging) return;
      handles.clearLayers();
      if (editor.state.mode !== "select") return drawEnds();
      const bounds = map.getBounds().pad(0.1);
      const all = drawVertices(bounds);
      if (all && editor.canEdit) drawMidpoints(bounds);
    },
    /** The leg of the next click, dashed, and what it caught. */
    showNext(from, { places, target }, text) {
      next.setLatLngs((from ? [from, ...places] : places).map(toLatLng));
      this.showCaught(target, text);
    },
    showCaught(target, text) {
      if (target.kind === "free") caught.remove();
      else caught.setLatLng(toLatLng(target.point)).addTo(map);
      label.setLatLng(toLatLng(target.point)).setContent(asText(text));
      if (text) label.addTo(map);
      else label.remove();
    },
    hideNext() {
      next.setLatLngs([]);
      caught.remove();
      label.remove();
    },
    showAlong(place) {
      if (place) along.setLatLng(toLatLng(place)).addTo(map);
      else along.remove();
    },
    /** Metres that some pixels are on the ground here. */
    reach(pixels) {
      const centre = map.getCenter();
      const a = map.latLngToContainerPoint(centre);
      const b = map.containerPointToLatLng(a.add([pixels, 0]));
      return Math.abs(b.lng - centre.lng) * metresPerDegree(centre.lat).lon;
    },
    fit() {
      const places = editor.drawing.vertices.map(toLatLng);
      if (places.length) map.fitBounds(L.latLngBounds(places).pad(0.2), { maxZoom: 18 });
    },
    toPlace,
    toLatLng,
  };
}
