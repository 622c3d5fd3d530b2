// The muted base map, drawn from the office's own layers: land, water, green, roads, houses, units.
import { LineLabelSymbolizer } from "protomaps-leaflet";

import { TextLabel } from "./text-label.js";

export const LAND = "#f5f2eb";
const FONT = '"Be Vietnam Pro", sans-serif';
const INK = { water: "#5b8299", road: "#5d574c", unit: "#5a4f6b", green: "#6d8257" };

const GREEN = { paddy: "#e9eedb", orchard: "#dfe9cf", park: "#cfe3bd", "": "#dde9cc" };
const ROADS = {
  motorway: { width: 5.2, fill: "#f7d9a0", casing: "#cfa763", from: 6 },
  trunk: { width: 4.8, fill: "#fae3b6", casing: "#d3b276", from: 6 },
  primary: { width: 4.2, fill: "#fbecca", casing: "#d6bd8c", from: 8 },
  secondary: { width: 3.6, fill: "#fff6df", casing: "#d5c5a0", from: 9 },
  tertiary: { width: 3, fill: "#ffffff", casing: "#d3cab8", from: 11 },
  avenue: { width: 3.4, fill: "#fffaf0", casing: "#d3c6ac", from: 11 },
  residential: { width: 2.1, fill: "#ffffff", casing: "#d6cfc1", from: 12.5 },
  "": { width: 1.7, fill: "#ffffff", casing: "#dad4c8", from: 13 },
};
const ORDER = ["", "residential", "avenue", "tertiary", "secondary", "primary", "trunk", "motorway"];

export const roadLook = (feature) => ROADS[feature.props.class] ?? ROADS[""];

// Pixels: the road's own weight, growing with nearness.
export const roadWidth = (look, zoom) => look.width * Math.max(0.28, 1.42 ** (zoom - 14.5));

/**
 * @param {(feature: any, zoom: number) => string} fill
 * @param {(feature: any, zoom: number) => string | null} [edge]
 */
function polygon(fill, edge = () => null, width = 1) {
  return {
    draw(ctx, rings, zoom, feature) {
      trace(ctx, rings);
      ctx.globalAlpha = 1;
      ctx.fillStyle = fill(feature, zoom);
      ctx.fill();
      const stroke = edge(feature, zoom);
      if (!stroke) return;
      ctx.lineWidth = width;
      ctx.strokeStyle = stroke;
      ctx.stroke();
    },
  };
}

function line(paint) {
  return {
    draw(ctx, parts, zoom, feature) {
      const look = paint(zoom, feature);
      if (!look) return;
      trace(ctx, parts);
      ctx.globalAlpha = look.opacity ?? 1;
      ctx.lineCap = look.dash ? "butt" : "round";
      ctx.lineJoin = "round";
      ctx.setLineDash(look.dash ?? []);
      ctx.lineWidth = look.width;
      ctx.strokeStyle = look.color;
      ctx.stroke();
      ctx.setLineDash([]);
    },
  };
}

export function trace(ctx, parts) {
  ctx.beginPath();
  for (const part of parts) {
    part.forEach((point, i) => ctx[i ? "lineTo" : "moveTo"](point.x, point.y));
  }
}

const isClass = (name) => (zoom, feature) => (ROADS[feature.props.class] ? feature.props.class : "") === name;

function roadRules() {
  const casings = ORDER.map((name) => ({
    dataLayer: "roads",
    minzoom: Math.floor(ROADS[name].from),
    filter: isClass(name),
    symbolizer: line((zoom, feature) => {
      const look = roadLook(feature);
      const width = roadWidth(look, zoom);
      return zoom < 11 ? null : { width: width + Math.min(2.4, 0.8 + width * 0.22), color: look.casing };
    }),
  }));
  const fills = ORDER.map((name) => ({
    dataLayer: "roads",
    minzoom: Math.floor(ROADS[name].from),
    filter: isClass(name),
    symbolizer: line((zoom, feature) => {
      const look = roadLook(feature);
      return { width: Math.max(0.9, roadWidth(look, zoom)), color: zoom < 11 ? look.casing : look.fill };
    }),
  }));
  return [...casings, ...fills];
}

const isCommune = (zoom, feature) => feature.props.level === 3;
const isProvince = (zoom, feature) => feature.props.level === 1;

function unitRules() {
  return [
    {
      dataLayer: "units",
      minzoom: 9,
      filter: isCommune,
      symbolizer: line((zoom) => ({ width: zoom < 12 ? 0.8 : 1.1, color: "#9c8fae", dash: [5, 3], opacity: 0.75 })),
    },
    {
      dataLayer: "units",
      filter: isProvince,
      symbolizer: line(() => ({ width: 5, color: "#b9acc9", opacity: 0.35 })),
    },
    {
      dataLayer: "units",
      filter: isProvince,
      symbolizer: line(() => ({ width: 1.4, color: "#7c6d92", dash: [9, 3, 2, 3] })),
    },
  ];
}

export function basePaint() {
  return [
    { dataLayer: "green", symbolizer: polygon((f) => GREEN[f.props.class] ?? GREEN[""]) },
    { dataLayer: "water", symbolizer: polygon(() => "#c5d9e3", () => "#a9c5d3", 1) },
    ...roadRules(),
    {
      dataLayer: "houses",
      minzoom: 15,
      symbolizer: polygon(() => "#e6dece", (f, zoom) => (zoom >= 16 ? "#cfc4b2" : null), 0.8),
    },
    ...unitRules(),
  ];
}

// Units first: what comes earlier wins the place.
export function baseLabels() {
  return [
    unitLabel(3, { minzoom: 10, size: (zoom) => (zoom < 12 ? 11 : 13), weight: 600 }),
    unitLabel(1, { minzoom: 6, maxzoom: 9, size: () => 14, weight: 600 }),
    {
      dataLayer: "roads",
      minzoom: 13,
      filter: (zoom, feature) => zoom >= 16 || (feature.props.class ?? "") !== "residential",
      symbolizer: new LineLabelSymbolizer({
        labelProps: ["name"],
        font: (zoom) => `400 ${zoom < 16 ? 10.5 : 12}px ${FONT}`,
        fill: INK.road,
        stroke: "#fffdf8",
        width: 3,
        repeatDistance: 360,
        maxLabelChars: 60,
      }),
    },
    {
      dataLayer: "water",
      minzoom: 9,
      symbolizer: new TextLabel({
        font: (zoom) => `italic 400 ${zoom < 13 ? 11 : 13}px ${FONT}`,
        fill: INK.water,
        halo: "#dbe8ee",
        haloWidth: 2,
        chars: 24,
        repeat: 420,
      }),
    },
    {
      dataLayer: "green",
      minzoom: 15,
      symbolizer: new TextLabel({ font: `400 11px ${FONT}`, fill: INK.green, halo: "#f3f7ec", haloWidth: 2 }),
    },
  ];
}

/**
 * @param {number} level
 * @param {{ minzoom: number, maxzoom?: number, size: (zoom: number) => number, weight: number }} look
 */
function unitLabel(level, { minzoom, maxzoom, size, weight }) {
  return {
    dataLayer: "unit_names",
    minzoom,
    maxzoom,
    filter: (zoom, feature) => feature.props.level === level,
    symbolizer: new TextLabel({
      font: (zoom) => `${weight} ${size(zoom)}px ${FONT}`,
      fill: INK.unit,
      halo: "#fbf9f4",
      chars: 14,
    }),
  };
}
