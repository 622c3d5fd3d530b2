// The signs of the map, once for canvas and once for the legend, from a layer's style: the shape
// and the letter tell what the colour tells.
import { count } from "./format.js";
import { svg } from "./dom.js";

const EDGE = "#ffffff";
const QUIET = "#4a5560";
const FULL_ZOOM = 15;
const FONT = '"Be Vietnam Pro", sans-serif';

const CORNERS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.12], [1.1, 0.82], [-1.1, 0.82]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
};

// The sign of a feature: by the property that the style names, or by `property` in its stead.
/**
 * @param {import("./types.js").Style} style
 * @param {Record<string, any>} props
 * @param {string} [property]
 */
export function signOf(style, props, property) {
  return signNamed(style, props[property ?? style.signBy]);
}

/**
 * @param {import("./types.js").Style} style
 * @param {unknown} value
 * @returns {import("./types.js").Sign}
 */
export function signNamed(style, value) {
  const text = String(value ?? "");
  const key = style.sameAs[text] ?? text;
  const named = (wanted) => style.signs.find((sign) => sign.key === wanted);
  return named(key) ?? named("") ?? style.signs[0];
}

// The colour that stands for a sign where only one can.
/** @param {import("./types.js").Sign} sign */
export const inkOf = (sign) => sign.strokes.at(-1)?.color ?? sign.fill;

// Pixels of a stroke at a zoom, as `Stroke.width_at` of style.py says it to paper.
/**
 * @param {import("./types.js").Stroke} stroke
 * @param {number} zoom
 */
export function widthAt({ width, growth, least }, zoom) {
  return growth > 1 ? Math.max(least, width * growth ** (zoom - FULL_ZOOM)) : width;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} color
 * @param {number} width
 * @param {number[]} [dash]
 */
export function strokeWith(ctx, color, width, dash = []) {
  ctx.lineJoin = "round";
  ctx.lineCap = dash.length ? "butt" : "round";
  ctx.setLineDash(dash);
  ctx.lineWidth = width;
  ctx.strokeStyle = color;
  ctx.stroke();
  ctx.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {import("./types.js").Sign} sign
 * @param {number} radius
 */
export function drawSign(ctx, x, y, sign, radius) {
  if (sign.shape === "pin") return drawPin(ctx, x, y, sign, Math.min(1, radius / 8));
  if (sign.shape === "arc") return drawArc(ctx, x, y, sign);
  tracePath(ctx, x, y, sign.shape, radius);
  strokeWith(ctx, EDGE, 4);
  ctx.fillStyle = sign.fill;
  ctx.fill();
  strokeWith(ctx, edgeOf(sign), 1.25);
  if (sign.letter && radius >= 6) {
    text(ctx, sign.letter, x, y + (sign.shape === "triangle" ? radius * 0.18 : 0), radius * 1.15, sign.ink);
  }
  return null;
}

export function drawCluster(ctx, x, y, n, worst) {
  const radius = clusterRadius(n);
  const isTold = Boolean(worst.letter);
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.94)";
  ctx.fill();
  strokeWith(ctx, isTold ? worst.fill : "#66727d", 3);
  text(ctx, count(n), x, y + 0.5, n < 1000 ? 12 : 11, "#1f2930");
  if (isTold) drawSign(ctx, x + radius * 0.74, y - radius * 0.74, worst, 6.5);
}

export const clusterRadius = (n) => Math.min(26, 13 + 2.6 * Math.log10(Math.max(n, 1)) * 1.4);

function drawPin(ctx, x, y, sign, size) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.bezierCurveTo(-13, -14, -9, -28, 0, -28);
  ctx.bezierCurveTo(9, -28, 13, -14, 0, 0);
  ctx.fillStyle = sign.fill;
  ctx.fill();
  strokeWith(ctx, EDGE, 1.75);
  ctx.beginPath();
  ctx.arc(0, -18, 4, 0, 2 * Math.PI);
  ctx.fillStyle = EDGE;
  ctx.fill();
  ctx.restore();
}

function drawArc(ctx, x, y, sign) {
  ctx.beginPath();
  ctx.arc(x, y, 12.5, -Math.PI * 0.85, -Math.PI * 0.15);
  ctx.moveTo(x + 15.5, y);
  ctx.arc(x, y, 16, -Math.PI * 0.15, -Math.PI * 0.85, true);
  strokeWith(ctx, inkOf(sign), 2);
}

// What the legend shows: the same signs as little pictures.
/** @param {import("./types.js").Sign} sign */
export function signPicture(sign) {
  const picture = svg("svg", { viewBox: "0 0 28 20", width: 28, height: 20, "aria-hidden": "true" });
  picture.append(...pictured(sign));
  return picture;
}

/** @param {import("./types.js").Sign} sign */
function pictured(sign) {
  if (sign.shape === "pin") {
    const d = "M14 19 C4 10 7 2 14 2 C21 2 24 10 14 19 Z";
    return [svg("path", { d, fill: sign.fill }), svg("circle", { cx: 14, cy: 8, r: 2.6, fill: EDGE })];
  }
  if (sign.shape === "arc") {
    return [svg("path", { d: "M7 12 A8 8 0 0 1 21 12", fill: "none", stroke: inkOf(sign), "stroke-width": 2.5 })];
  }
  if (sign.shape === "ends") {
    const paint = { r: 4, fill: sign.fill, stroke: inkOf(sign), "stroke-width": sign.strokes[0].width };
    return [svg("circle", { cx: 6, cy: 10, ...paint }), svg("circle", { cx: 22, cy: 10, ...paint })];
  }
  if (sign.shape) return pointPicture(sign);
  if (sign.fill) {
    const edge = sign.strokes.length ? strokeOf(sign.strokes[0]) : {};
    return [svg("rect", { x: 2, y: 3, width: 24, height: 14, rx: 2, fill: sign.fill, "fill-opacity": sign.fillOpacity, ...edge })];
  }
  return sign.strokes.map((stroke) => svg("path", { d: "M1 14 L10 7 L18 12 L27 5", fill: "none", ...strokeOf(stroke) }));
}

/** @param {import("./types.js").Sign} sign */
function pointPicture(sign) {
  const paint = { fill: sign.fill, stroke: edgeOf(sign), "stroke-width": 1.25 };
  const corners = CORNERS[sign.shape];
  const shape = corners
    ? svg("polygon", { points: corners.map(([x, y]) => `${14 + 7.2 * x},${10 + 7.2 * y}`).join(" "), ...paint })
    : svg("circle", { cx: 14, cy: 10, r: 7.2, ...paint });
  const y = sign.shape === "triangle" ? 14.6 : 13.3;
  const words = { x: 14, y, "text-anchor": "middle", "font-size": 9, "font-weight": 600, fill: sign.ink };
  return sign.letter ? [shape, svg("text", words, sign.letter)] : [shape];
}

/** @param {import("./types.js").Stroke} stroke */
function strokeOf({ color, width, dash }) {
  return { stroke: color, "stroke-width": width, ...(dash.length ? { "stroke-dasharray": dash.join(" ") } : {}) };
}

/** @param {import("./types.js").Sign} sign */
const edgeOf = (sign) => (sign.fill === EDGE ? QUIET : darker(sign.fill));

function tracePath(ctx, x, y, shape, radius) {
  ctx.beginPath();
  const corners = CORNERS[shape];
  if (!corners) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], i) => {
    ctx[i ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius);
  });
  ctx.closePath();
}

function text(ctx, words, x, y, size, color) {
  ctx.font = `600 ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = color;
  ctx.fillText(words, x, y);
}

function darker(hex) {
  const part = (at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * 0.62);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}
