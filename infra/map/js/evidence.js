// Geometry laid over the map: the selection, and what a rule measured.
import { h } from "./dom.js";

const LOOK = { color: "#c2187a", weight: 3, opacity: 0.95, fillColor: "#c2187a", fillOpacity: 0.1 };
const TONES = {
  blocking: "#8e1420", advisory: "#b35c00", undetermined: "#5b6470", pass: "#2e7d32",
  neutral: "#35424d", old: "#5b6470", new: "#6a3fb5",
};

// A FeatureCollection, Feature or geometry; `properties.tone`, `.label`, `.dashed` say how.
export function evidenceLayer(geojson, { tone = "neutral" } = {}) {
  return L.geoJSON(geojson, {
    interactive: false,
    style: (feature) => style(feature, tone),
    pointToLayer: (feature, latlng) =>
      L.circleMarker(latlng, { radius: 7, ...style(feature, tone), fillOpacity: 0.85, color: "#fff", weight: 2 }),
    onEachFeature: (feature, layer) => label(feature, layer),
  });
}

function style(feature, tone) {
  const color = TONES[feature.properties?.tone ?? tone] ?? TONES.neutral;
  const dashArray = feature.properties?.dashed ? "7 6" : undefined;
  return { ...LOOK, color, fillColor: color, dashArray };
}

function label(feature, layer) {
  const words = feature.properties?.label;
  if (!words) return;
  const content = h("span", {}, String(words));
  const isPoint = feature.geometry.type === "Point";
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
