// Comments pinned on the map: shown on demand, and a new one is pinned by a click.
import { all, press } from "../../../../infra/web/js/find.js";

export function takePins(map) {
  for (const button of all("[data-show-point]")) {
    button.addEventListener("click", () => show(map, (button.dataset.showPoint ?? "").split(",").map(Number)));
  }
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("form.comment-form");
  if (form?.elements.namedItem("lon")) offerPin(map, form);
}

function show(map, coordinates) {
  showMap();
  map.showEvidence({ type: "Point", coordinates }, { tone: "advisory", fit: false });
  map.leaflet.setView([coordinates[1], coordinates[0]], Math.max(map.leaflet.getZoom(), 17));
}

function offerPin(map, form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline-secondary";
  button.textContent = gettext("Pin on the map");
  form.querySelector("button[type=submit]").before(button, " ");
  button.addEventListener("click", () => {
    showMap();
    map.pick(({ lat, lon }) => {
      form.elements.lat.value = lat.toFixed(7);
      form.elements.lon.value = lon.toFixed(7);
      button.textContent = gettext("Pinned; click to move the pin");
      map.showEvidence({ type: "Point", coordinates: [lon, lat] }, { tone: "advisory", fit: false });
      press('[data-map-work] [data-show="panel"]');
    });
  });
}

const showMap = () => press('[data-map-work] [data-show="map"]');
