// The office's own data in colour above the base map, drawn from each layer's style.
import { trace } from "./base-style.js";
import { drawCluster, drawSign, inkOf, signOf, strokeWith } from "./symbols.js";
import { TextLabel } from "./text-label.js";

const FONT = '"Be Vietnam Pro", sans-serif';
// Below which zoom a sign has which radius, in pixels.
const RADII = [[12, 6], [15, 7.5], [Infinity, 9]];

// The layers that are drawn above the base map, from below to above.
/**
 * @param {import("./types.js").Layer[]} layers
 * @returns {import("./types.js").DrawnLayer[]}
 */
export function drawnLayers(layers) {
  return layers.filter(isDrawn).sort((a, b) => a.style.order - b.style.order);
}

/**
 * @param {import("./types.js").Layer} layer
 * @returns {layer is import("./types.js").DrawnLayer}
 */
function isDrawn(layer) {
  return Boolean(layer.style) && !layer.isBase;
}

/** @param {import("./types.js").DrawnLayer[]} layers */
export function dataPaint(layers) {
  return layers.map((layer) => ({ dataLayer: layer.key, symbolizer: { draw: painter(layer) } }));
}

/** @param {import("./types.js").DrawnLayer[]} layers */
export function dataLabels(layers) {
  return [...layers].reverse().flatMap(labelRules);
}

/** @param {import("./types.js").DrawnLayer} layer */
function painter(layer) {
  if (layer.kind === "point") return (ctx, parts, zoom, feature) => point(ctx, parts, zoom, feature, layer.style);
  if (layer.kind === "line") return (ctx, parts, zoom, feature) => line(ctx, parts, zoom, signOf(layer.style, feature.props));
  return (ctx, rings, zoom, feature) => area(ctx, rings, signOf(layer.style, feature.props));
}

function point(ctx, parts, zoom, { props }, style) {
  const { x, y } = parts[0][0];
  ctx.globalAlpha = 1;
  if (props.n > 1) return drawCluster(ctx, x, y, props.n, signOf(style, props, "worst"));
  const [, radius] = RADII.find(([below]) => zoom < below) ?? RADII[2];
  return drawSign(ctx, x, y, signOf(style, props, props.n ? "worst" : undefined), radius);
}

function line(ctx, parts, zoom, sign) {
  ctx.globalAlpha = 1;
  if (sign.shape === "ends") return ends(ctx, parts, sign);
  const scale = zoom < 11 ? 0.6 : zoom < 14 ? 0.85 : 1.1;
  trace(ctx, parts);
  for (const { color, width, dash } of sign.strokes) strokeWith(ctx, color, width * scale, dash);
  return null;
}

function ends(ctx, parts, sign) {
  for (const { x, y } of parts.flatMap((part) => [part[0], part[part.length - 1]])) {
    dot(ctx, x, y, 4, sign.fill);
    strokeWith(ctx, inkOf(sign), sign.strokes[0].width);
  }
}

function area(ctx, rings, sign) {
  // An area that the tile made a point of is still to be seen.
  if (rings.length === 1 && rings[0].length === 1) {
    ctx.globalAlpha = 1;
    dot(ctx, rings[0][0].x, rings[0][0].y, 5, inkOf(sign));
    return strokeWith(ctx, "#ffffff", 1.5);
  }
  trace(ctx, rings);
  ctx.globalAlpha = sign.fillOpacity;
  ctx.fillStyle = sign.fill;
  ctx.fill();
  ctx.globalAlpha = 0.9;
  for (const { color, width, dash } of sign.strokes) strokeWith(ctx, color, width, dash);
  return null;
}

function dot(ctx, x, y, radius, color) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
}

/** @param {import("./types.js").DrawnLayer} layer */
function labelRules({ key, style }) {
  if (!style.label) return [];
  const { property, minZoom, color, below } = style.label;
  const place = below ? { place: "below", repeat: 0 } : {};
  const look = { property, font: `600 11px ${FONT}`, fill: color, halo: "#ffffff", ...place };
  return [{ dataLayer: key, minzoom: minZoom, symbolizer: new TextLabel(look) }];
}
