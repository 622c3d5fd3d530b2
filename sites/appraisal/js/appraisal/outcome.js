// The result of a position: each choice shows what it needs; the map gives place and mast.
import { pickAgain } from "./page-map.js";

const LOOK = { radius: 9, color: "#2e7d32", weight: 3, fillOpacity: 0.6 };

export function takeOutcome(form, map) {
  const chosen = () => form.querySelector("input[name=outcome]:checked")?.value ?? "";
  const show = () => {
    for (const part of form.querySelectorAll("[data-when]")) {
      part.hidden = !part.dataset.when.split(" ").includes(chosen());
    }
  };
  form.addEventListener("change", show);
  show();
  const adjusted = adjustedPlace(form, map);
  /** @type {(() => void) | null} */
  let stop = null;
  form.addEventListener("change", () => {
    stop?.();
    stop = chosen() === "adjust" ? adjusted.pick() : null;
  });
  map.on("identify", ({ cards }) => chosen() === "share" && shareWith(form, cards));
}

function adjustedPlace(form, map) {
  const { adjusted_lon: lon, adjusted_lat: lat } = form.elements;
  const words = form.querySelector("[data-adjusted]");
  let marker;
  const put = (place) => {
    lon.value = place.lon.toFixed(7);
    lat.value = place.lat.toFixed(7);
    marker ??= L.circleMarker([place.lat, place.lon], LOOK).addTo(map.leaflet);
    marker.setLatLng([place.lat, place.lon]);
    words.textContent = interpolate(
      gettext("Adjusted position: %(lat)s, %(lon)s. Click again to change it."),
      { lat: place.lat.toFixed(6), lon: place.lon.toFixed(6) },
      true,
    );
  };
  if (lon.value && lat.value) put({ lat: Number(lat.value), lon: Number(lon.value) });
  return { pick: () => pickAgain(map, put) };
}

function shareWith(form, cards) {
  const mast = (cards ?? []).find((card) => card.name === "masts");
  if (!mast) return;
  const select = form.elements.share_with;
  if (![...select.options].some((option) => option.value === mast.id)) {
    select.add(new Option(mast.title, mast.id));
  }
  select.value = mast.id;
}
