// What the server says to draw beside the layers: places, arrows with distances, fall circle.
import { evidenceLayer } from "../../../../infra/map/js/evidence.js";
import { readJson } from "../../../../infra/web/js/find.js";

export function drawScene(map, id) {
  const scene = readJson(id);
  const layer = evidenceLayer(scene).addTo(map.leaflet);
  const places = new Map();
  layer.eachLayer((/** @type {any} */ part) => {
    const { uuid } = part.feature.properties;
    if (uuid) places.set(uuid, part);
  });
  return {
    layer,
    lookAt(uuid) {
      const part = places.get(uuid);
      if (part && !map.leaflet.getBounds().contains(part.getLatLng())) {
        map.leaflet.panTo(part.getLatLng());
      }
      for (const [other, place] of places) place.setRadius?.(other === uuid ? 11 : 7);
    },
  };
}
