// The map of a mast's form: the position as typed, how exact it is, how far it moved; put anew by
// dragging the pin (the coordinate field does that) or into the middle of the map.
import { _, fillIn, h } from "../../../../infra/map/js/dom.js";
import { length } from "../../../../infra/map/js/format.js";
import { readDecimal } from "../../../../infra/ground/js/decimals.js";
import { need, readJson } from "../../../../infra/web/js/find.js";

/** @param {import("../../../../infra/map/js/map.js").MapView} view */
export function setUpPlace(view) {
  const saved = readJson("saved-place");
  const accuracy = /** @type {HTMLInputElement} */ (need("#id_location_accuracy_m"));
  const words = h("span", { role: "status" });
  const put = h("button", { type: "button", class: "btn btn-sm btn-primary", onclick: putHere }, _("Put it in the middle here"));
  const bar = h("div", { class: "place-bar" }, put, words);
  const around = L.layerGroup().addTo(view.leaflet);
  /** @type {{ lat: number, lon: number } | null} */
  let place = null;
  view.element.append(bar);
  L.DomEvent.disableClickPropagation(bar);
  view.element.classList.add("has-place-bar");

  function putHere() {
    const { lat, lng } = view.leaflet.getCenter();
    document.dispatchEvent(new CustomEvent("coordinate:pick", { detail: { lat, lon: lng } }));
  }

  function draw() {
    around.clearLayers();
    const radius = Number(readDecimal(accuracy.value).text ?? 0);
    if (place && radius > 0) {
      L.circle([place.lat, place.lon], { radius, weight: 1.5, color: "#0b5a73", fillOpacity: 0.08, interactive: false }).addTo(around);
    }
    const moved = place && saved ? L.latLng(saved.lat, saved.lon).distanceTo([place.lat, place.lon]) : 0;
    words.textContent = moved > 0.05 ? fillIn(_("moved by %(length)s"), { length: length(moved) }) : "";
    view.showEvidence(moved > 0.5 && place ? journey(saved, place) : null, { fit: false });
  }

  document.addEventListener("coordinate:change", ({ detail }) => {
    place = detail;
    draw();
  });
  accuracy.addEventListener("input", draw);
}

// From where it stands on record to where it is put now.
function journey(from, to) {
  const [start, end] = [[from.lon, from.lat], [to.lon, to.lat]];
  const feature = (geometry, properties) => ({ type: "Feature", geometry, properties: { tone: "old", ...properties } });
  return {
    type: "FeatureCollection",
    features: [
      feature({ type: "LineString", coordinates: [start, end] }, { dashed: true }),
      feature({ type: "Point", coordinates: start }, { label: _("on record") }),
    ],
  };
}
