// The foot of the map: scale, and the pointer's place in both systems with its axes named.
import { _, fillIn, h } from "./dom.js";
import * as format from "./format.js";
import { meridianLabel, toVn2000 } from "./vn2000.js";

const KEPT = "tt-map-meridian";

// `meridians`: the province's, the first one shown unless this browser remembers another.
export function statusBar(map, meridians) {
  const wgs = h("output", { class: "tt-readout", "aria-label": _("Coordinates in WGS-84") });
  const vn = h("output", { class: "tt-readout", "aria-label": _("Coordinates in VN-2000") });
  const choice = h(
    "select",
    { class: "tt-meridian", "aria-label": _("Central meridian of VN-2000") },
    meridians.map((meridian) => h("option", { value: meridian }, meridianLabel(meridian))),
  );
  choice.value = kept(meridians) ?? meridians[0];
  let place = map.getCenter();
  const tell = () => {
    wgs.textContent = inWgs84(place.lat, place.lng);
    vn.textContent = inVn2000(place.lat, place.lng, choice.value);
  };
  choice.addEventListener("change", () => {
    localStorage.setItem(KEPT, choice.value);
    tell();
  });
  map.on("mousemove", (event) => {
    place = event.latlng;
    tell();
  });
  map.on("moveend", () => {
    place = map.getCenter();
    tell();
  });
  tell();
  const scale = L.control.scale({ imperial: false, maxWidth: 100 }).addTo(map).getContainer();
  const zone = h("label", { class: "tt-meridian-label" }, _("VN-2000, meridian"), choice);
  return h("div", { class: "tt-map-bar" }, h("div", { class: "tt-scale" }, scale), wgs, h("div", { class: "tt-vn2000" }, zone, vn));
}

export const inWgs84 = (lat, lon) =>
  fillIn(_("lat %(lat)s · lon %(lon)s"), { lat: format.degrees(lat), lon: format.degrees(lon) });

export function inVn2000(lat, lon, meridian) {
  const { x, y } = toVn2000(lat, lon, meridian);
  return fillIn(_("X (north) %(x)s · Y (east) %(y)s"), { x: format.metres(x), y: format.metres(y) });
}

function kept(meridians) {
  const meridian = localStorage.getItem(KEPT);
  return meridian !== null && meridians.includes(meridian) ? meridian : null;
}
