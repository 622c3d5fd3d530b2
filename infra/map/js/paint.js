// One tile's lines and areas on canvas, from the styles of its layers: all features of a sign in one
// path, so that a tile of a thousand houses costs a few strokes.
import { inkOf, signOf, strokeWith, widthAt } from "./symbols.js";

/** @import { DrawnLayer } from "./types.js" */

// While a constraint is off, it shows through this faintly; nearer than here.
const FAINT = 0.38;
export const FAINT_FROM = 11;
// A pattern is strewn from here on.
const PATTERN_FROM = 13.5;

/**
 * `faint`: keys of layers that only show through. `unit`: screen pixels per pixel of the tile.
 * `trace` leads the pen along a feature. Gives back whether anything was drawn.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Map<string, any[]>} data
 * @param {DrawnLayer[]} layers from below to above
 * @param {{ zoom: number, unit: number, isFaint: (key: string) => boolean, trace: (feature: any) => void, isInside: (feature: any) => boolean }} how
 */
export function paintLayers(ctx, data, layers, how) {
  let isDrawn = false;
  for (const layer of layers) {
    const features = data.get(layer.key);
    if (!features?.length || layer.kind === "point") continue;
    const isFaint = how.isFaint(layer.key);
    if (isFaint && how.zoom < FAINT_FROM) continue;
    const groups = groupsOf(layer.style, features, how);
    const strength = isFaint ? FAINT : 1;
    if (layer.kind === "line") paintLines(ctx, groups, strength, how);
    else paintAreas(ctx, groups, strength, how);
    isDrawn ||= groups.length > 0;
  }
  return isDrawn;
}

// Features by sign, the last sign of the legend below.
function groupsOf(style, features, { zoom, isInside }) {
  /** @type {Map<import("./types.js").Sign, any[]>} */
  const groups = new Map();
  for (const feature of features) {
    if (!isInside(feature)) continue;
    const sign = signOf(style, feature.props);
    if (zoom < sign.minZoom) continue;
    const same = groups.get(sign);
    if (same) same.push(feature);
    else groups.set(sign, [feature]);
  }
  return [...groups].sort(([a], [b]) => style.signs.indexOf(b) - style.signs.indexOf(a));
}

// Every casing below every filling, so that roads meet without bars across.
function paintLines(ctx, groups, strength, { zoom, unit, trace }) {
  const passes = Math.max(0, ...groups.map(([sign]) => sign.strokes.length));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const [sign, features] of groups) {
      if (sign.shape === "ends") {
        if (pass === 0) features.forEach((feature) => ends(ctx, feature, sign, unit));
        continue;
      }
      const stroke = sign.strokes[pass];
      if (!stroke || zoom < stroke.fromZoom) continue;
      ctx.beginPath();
      features.forEach(trace);
      pen(ctx, stroke, strength, zoom, unit);
    }
  }
  ctx.globalAlpha = 1;
}

function paintAreas(ctx, groups, strength, { zoom, unit, trace }) {
  for (const [sign, features] of groups) {
    const points = features.filter((feature) => feature.numVertices === 1);
    ctx.beginPath();
    for (const feature of features) if (feature.numVertices > 1) trace(feature);
    if (sign.fill) {
      ctx.globalAlpha = sign.fillOpacity * strength;
      ctx.fillStyle = sign.fill;
      ctx.fill();
      if (sign.pattern && zoom >= PATTERN_FROM) strew(ctx, sign, unit);
    }
    for (const stroke of sign.strokes) if (zoom >= stroke.fromZoom) pen(ctx, stroke, strength, zoom, unit);
    // An area that the tile made a point of is still to be seen.
    ctx.globalAlpha = strength;
    for (const { geom } of points) {
      dot(ctx, geom[0][0], 4 / unit, inkOf(sign));
      strokeWith(ctx, "#ffffff", 1.5 / unit);
    }
  }
  ctx.globalAlpha = 1;
}

function pen(ctx, stroke, strength, zoom, unit) {
  ctx.globalAlpha = stroke.opacity * strength;
  strokeWith(ctx, stroke.color, widthAt(stroke, zoom) / unit, stroke.dash.map((length) => length / unit));
}

function ends(ctx, { geom }, sign, unit) {
  for (const place of geom.flatMap((part) => [part[0], part[part.length - 1]])) {
    dot(ctx, place, 4 / unit, sign.fill);
    strokeWith(ctx, inkOf(sign), sign.strokes[0].width / unit);
  }
}

function dot(ctx, { x, y }, radius, color) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
}

/** @type {Map<string, HTMLCanvasElement>} */
const swatches = new Map();

// Trees or furrows over what the path holds, a little darker than the ground.
function strew(ctx, sign, unit) {
  const swatch = swatches.get(sign.fill + sign.pattern) ?? drawnSwatch(sign);
  swatches.set(sign.fill + sign.pattern, swatch);
  const pattern = ctx.createPattern(swatch, "repeat");
  pattern.setTransform(new DOMMatrix().scale(0.5 / unit));
  ctx.fillStyle = pattern;
  ctx.fill();
}

// Twice as large as it is shown, for sharp screens.
function drawnSwatch({ fill, pattern }) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.fillStyle = ctx.strokeStyle = shade(fill, 0.9);
  ctx.lineWidth = 2;
  if (pattern === "trees") {
    for (const [x, y] of [[12, 12], [36, 36]]) dot(ctx, { x, y }, 4.5, shade(fill, 0.88));
  } else {
    ctx.beginPath();
    ctx.moveTo(0, 24);
    ctx.lineTo(22, 24);
    ctx.moveTo(26, 48);
    ctx.lineTo(48, 48);
    ctx.globalAlpha = 0.55;
    ctx.stroke();
  }
  return canvas;
}

function shade(hex, share) {
  const part = (at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * share);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}
