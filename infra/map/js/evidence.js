// Geometry laid over the map: the selection, what a rule measured, what a mast could fall on.
//
// A Point with `radius_m`, its own or in its properties, is a true circle of so many metres. `tone: "hit"` marks
// what stands inside one; `layer` names the map layer that the feature comes from, which then stands
// out where it otherwise only shows through.
import { h } from "./dom.js";

const LOOK = { color: "#c2187a", weight: 3, opacity: 0.95, fillColor: "#c2187a", fillOpacity: 0.1 };
const TONES = {
  blocking: "#8e1420", advisory: "#b35c00", undetermined: "#5b6470", pass: "#2e7d32",
  neutral: "#35424d", old: "#5b6470", new: "#6a3fb5", hit: "#c25400",
};
// What lies in a fall circle is filled so that it is seen beside what does not.
const HIT = { weight: 2.5, fillOpacity: 0.5 };

// A FeatureCollection, Feature or geometry; `properties.tone`, `.label`, `.dashed` say how.
export function evidenceLayer(geojson, { tone = "neutral" } = {}) {
  return L.geoJSON(geojson, {
    interactive: false,
    style: (feature) => style(feature, tone),
    pointToLayer: (feature, latlng) => place(feature, latlng, style(feature, tone)),
    onEachFeature: (feature, layer) => label(feature, layer),
  });
}

// The layers that a FeatureCollection, Feature or geometry points to.
/** @returns {string[]} */
export function layersOf(geojson) {
  const features = geojson?.features ?? (geojson ? [geojson] : []);
  return [...new Set(features.map((feature) => feature.properties?.layer).filter(Boolean))];
}

// Of a Feature, or of a bare geometry.
const radiusOf = (feature) => Number(feature.properties?.radius_m ?? (feature.geometry ?? feature).radius_m ?? 0);

function place(feature, latlng, look) {
  const radius = radiusOf(feature);
  if (radius > 0) return L.circle(latlng, { ...look, radius });
  return L.circleMarker(latlng, { radius: 7, ...look, fillOpacity: 0.85, color: "#fff", weight: 2 });
}

function style(feature, tone) {
  const named = feature.properties?.tone ?? tone;
  const color = TONES[named] ?? TONES.neutral;
  const dashArray = feature.properties?.dashed ? "7 6" : undefined;
  return { ...LOOK, ...(named === "hit" ? HIT : {}), color, fillColor: color, dashArray };
}

function label(feature, layer) {
  const words = feature.properties?.label;
  if (!words) return;
  const content = h("span", {}, String(words));
  const isPoint = feature.geometry.type === "Point" && !radiusOf(feature);
  const place = isPoint ? { direction: "top", offset: [0, -9] } : { direction: "center" };
  layer.bindTooltip(content, { permanent: true, className: "tt-map-label", ...place });
}

export function selectionLayer(geometry) {
  return L.geoJSON(geometry, {
    interactive: false,
    style: { ...LOOK, fillOpacity: 0.06 },
    pointToLayer: (feature, latlng) =>
      L.circleMarker(latlng, { ...LOOK, radius: 17, weight: 3.5, fillOpacity: 0.08 }),
  });
}
