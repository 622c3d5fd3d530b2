// Measuring by clicks: live length, and the area once the line closes round something.
import { _, fillIn, h } from "./dom.js";
import * as format from "./format.js";

export class Measure {
  constructor(map, { onEnd }) {
    this.map = map;
    this.onEnd = onEnd;
    this.points = [];
    this.layer = L.layerGroup();
    this.words = h("output", { class: "tt-measure-words" });
    this.element = h(
      "div",
      { class: "tt-measure", role: "group", "aria-label": _("Measure"), hidden: true },
      this.words,
      button(_("Undo"), () => this.undo()),
      button(_("Clear"), () => this.clear()),
      button(_("Finish"), () => this.stop()),
    );
    this.listeners = {
      click: (event) => this.add(event.latlng),
      mousemove: (event) => this.draw(event.latlng),
    };
  }

  get isOn() {
    return !this.element.hidden;
  }

  start() {
    this.element.hidden = false;
    this.layer.addTo(this.map);
    this.map.doubleClickZoom.disable();
    this.map.on(this.listeners);
    this.clear();
  }

  stop() {
    this.element.hidden = true;
    this.layer.clearLayers().remove();
    this.map.doubleClickZoom.enable();
    this.map.off(this.listeners);
    this.onEnd();
  }

  add(latlng) {
    this.points.push(latlng);
    this.draw();
  }

  undo() {
    this.points.pop();
    this.draw();
  }

  clear() {
    this.points = [];
    this.draw();
  }

  draw(pointer) {
    const path = pointer && this.points.length ? [...this.points, pointer] : this.points;
    const look = { color: "#10202c", weight: 2.5, dashArray: "6 5", interactive: false };
    this.layer.clearLayers();
    if (path.length > 2) {
      this.layer.addLayer(L.polygon(path, { ...look, stroke: false, fillOpacity: 0.08 }));
    }
    this.layer.addLayer(L.polyline(path, { ...look, color: "#ffffff", weight: 6, dashArray: undefined }));
    this.layer.addLayer(L.polyline(path, look));
    for (const point of this.points) {
      const mark = { radius: 4, color: "#10202c", weight: 2, fillColor: "#fff", fillOpacity: 1 };
      this.layer.addLayer(L.circleMarker(point, { ...mark, interactive: false }));
    }
    this.#tell(path);
  }

  #tell(path) {
    if (path.length < 2) {
      this.words.textContent = _("Click on the map to measure.");
      return;
    }
    const values = { length: format.length(lengthOf(path)), area: format.area(areaOf(path)) };
    this.words.textContent =
      path.length > 2
        ? fillIn(_("Length %(length)s · closed area %(area)s"), values)
        : fillIn(_("Length %(length)s"), values);
  }
}

const button = (words, act) =>
  h("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: act }, words);

const R = 6371008.8;
const rad = (value) => (value * Math.PI) / 180;

// Great-circle metres; on a map for the eye (half a percent), never for a rule or a cost.
export function lengthOf(path) {
  let total = 0;
  for (let i = 1; i < path.length; i += 1) total += between(path[i - 1], path[i]);
  return total;
}

function between(a, b) {
  const half = (from, to) => Math.sin(rad(to - from) / 2) ** 2;
  const chord =
    half(a.lat, b.lat) + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * half(a.lng, b.lng);
  return 2 * R * Math.asin(Math.sqrt(chord));
}

// Square metres on the sphere.
export function areaOf(path) {
  let sum = 0;
  path.forEach((a, i) => {
    const b = path[(i + 1) % path.length];
    sum += rad(b.lng - a.lng) * (2 + Math.sin(rad(a.lat)) + Math.sin(rad(b.lat)));
  });
  return Math.abs((sum * R * R) / 2);
}
