// Where am I: the position with the circle of its accuracy.
import { _, fillIn } from "./dom.js";
import * as format from "./format.js";

export function locate(map, say) {
  const layer = L.layerGroup().addTo(map);
  return () => {
    if (!navigator.geolocation) return say(_("This device does not tell its position."));
    say(_("Asking the device for its position…"));
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        /** @type {[number, number]} */
        const place = [coords.latitude, coords.longitude];
        layer.clearLayers();
        L.circle(place, { radius: coords.accuracy, color: "#1558b0", weight: 1.5, fillOpacity: 0.12, interactive: false }).addTo(layer);
        L.circleMarker(place, { radius: 6, color: "#fff", weight: 2.5, fillColor: "#1558b0", fillOpacity: 1, interactive: false }).addTo(layer);
        map.setView(place, Math.max(map.getZoom(), 16));
        say(fillIn(_("Your position, to within %(accuracy)s."), { accuracy: format.length(coords.accuracy) }));
      },
      () => say(_("The position could not be read. Allow it for this page, or search for the place.")),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 },
    );
  };
}
