// The signs of the map, once for canvas and once for the legend: shape and letter tell the grade
// without its colour.
import { count } from "./format.js";
import { svg } from "./dom.js";

export const GRADES = {
  A: { fill: "#2e7d32", ink: "#ffffff", shape: "circle" },
  B: { fill: "#1558b0", ink: "#ffffff", shape: "square" },
  C: { fill: "#e07b00", ink: "#241400", shape: "triangle" },
  D: { fill: "#8e1420", ink: "#ffffff", shape: "diamond" },
  "": { fill: "#ffffff", ink: "#3c4650", shape: "circle" },
};
const EDGE = "#ffffff";
const FONT = '"Be Vietnam Pro", sans-serif';

const CORNERS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.12], [1.1, 0.82], [-1.1, 0.82]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
};

export const gradeOf = (value) => GRADES[value] ?? GRADES[""];

export function drawGrade(ctx, x, y, grade, radius, { letter = true } = {}) {
  const look = gradeOf(grade);
  tracePath(ctx, x, y, look.shape, radius);
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = EDGE;
  ctx.stroke();
  ctx.fillStyle = look.fill;
  ctx.fill();
  ctx.lineWidth = 1.25;
  ctx.strokeStyle = grade ? darker(look.fill) : "#4a5560";
  ctx.stroke();
  if (letter && grade && radius >= 6) {
    text(ctx, grade, x, y + (look.shape === "triangle" ? radius * 0.18 : 0), radius * 1.15, look.ink);
  }
}

export function drawCluster(ctx, x, y, { n, worst }) {
  const radius = clusterRadius(n);
  const look = gradeOf(worst);
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.94)";
  ctx.fill();
  ctx.lineWidth = 3;
  ctx.strokeStyle = worst ? look.fill : "#66727d";
  ctx.stroke();
  text(ctx, count(n), x, y + 0.5, n < 1000 ? 12 : 11, "#1f2930");
  if (worst) drawGrade(ctx, x + radius * 0.74, y - radius * 0.74, worst, 6.5);
}

export const clusterRadius = (n) => Math.min(26, 13 + 2.6 * Math.log10(Math.max(n, 1)) * 1.4);

export function drawCandidate(ctx, x, y, outcome) {
  const fill = { agreed: "#1b7f79", agreed_with_conditions: "#1b7f79", not_agreed: "#6b6f76" };
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.bezierCurveTo(x - 13, y - 14, x - 9, y - 28, x, y - 28);
  ctx.bezierCurveTo(x + 9, y - 28, x + 13, y - 14, x, y);
  ctx.fillStyle = fill[outcome] ?? "#6a3fb5";
  ctx.fill();
  ctx.lineWidth = 1.75;
  ctx.strokeStyle = EDGE;
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y - 18, 4, 0, 2 * Math.PI);
  ctx.fillStyle = EDGE;
  ctx.fill();
}

export function drawStation(ctx, x, y, isExpired) {
  ctx.beginPath();
  ctx.arc(x, y, 12.5, -Math.PI * 0.85, -Math.PI * 0.15);
  ctx.moveTo(x + 15.5, y);
  ctx.arc(x, y, 16, -Math.PI * 0.15, -Math.PI * 0.85, true);
  ctx.lineWidth = 2;
  ctx.strokeStyle = isExpired ? "#8e1420" : "#0b6b8a";
  ctx.stroke();
}

// What the legend shows: the same signs as little pictures.
export function signPicture(sign) {
  const picture = svg("svg", { viewBox: "0 0 28 20", width: 28, height: 20, "aria-hidden": "true" });
  picture.append(...drawSign(sign));
  return picture;
}

function drawSign(sign) {
  if (sign.startsWith("grade-")) return gradeSign(sign.slice(6));
  if (LINES[sign]) {
    return LINES[sign].map((look) => svg("path", { d: "M1 14 L10 7 L18 12 L27 5", fill: "none", ...look }));
  }
  if (AREAS[sign]) return [svg("rect", { x: 2, y: 3, width: 24, height: 14, rx: 2, ...AREAS[sign] })];
  if (sign === "candidate") {
    const d = "M14 19 C4 10 7 2 14 2 C21 2 24 10 14 19 Z";
    return [svg("path", { d, fill: "#6a3fb5" }), svg("circle", { cx: 14, cy: 8, r: 2.6, fill: EDGE })];
  }
  const arc = "M7 12 A8 8 0 0 1 21 12";
  return [svg("path", { d: arc, fill: "none", stroke: "#0b6b8a", "stroke-width": 2.5 })];
}

function gradeSign(grade) {
  const look = gradeOf(grade);
  const paint = { fill: look.fill, stroke: grade ? darker(look.fill) : "#4a5560", "stroke-width": 1.25 };
  const corners = CORNERS[look.shape];
  const shape = corners
    ? svg("polygon", { points: corners.map(([x, y]) => `${14 + 7.2 * x},${10 + 7.2 * y}`).join(" "), ...paint })
    : svg("circle", { cx: 14, cy: 10, r: 7.2, ...paint });
  const y = look.shape === "triangle" ? 14.6 : 13.3;
  const words = { x: 14, y, "text-anchor": "middle", "font-size": 9, "font-weight": 600, fill: look.ink };
  return grade ? [shape, svg("text", words, grade)] : [shape];
}

const stroke = (color, width, more = {}) => ({ stroke: color, "stroke-width": width, ...more });
const CASED = stroke("#3a3300", 5);
export const LINES = {
  "route-planned": [CASED, stroke("#ffd400", 3, { "stroke-dasharray": "5 4" })],
  "route-approved": [stroke("#3a3300", 3.5), stroke("#ffd400", 1.75)],
  "route-in_works": [stroke("#3a3300", 6), stroke("#ffd400", 4), stroke("#3a3300", 4, { "stroke-dasharray": "1.5 4" })],
  "route-done": [stroke("#3a3300", 6), stroke("#ffd400", 4)],
  segment: [stroke("#3a3300", 6), stroke("#fff3a0", 3, { "stroke-dasharray": "6 2" })],
  power_lines: [stroke("#d3202b", 2.25)],
  roads: [stroke("#cfc6b4", 5), stroke("#ffffff", 3)],
  units: [stroke("#8a7d9c", 1.5, { "stroke-dasharray": "4 3" })],
};
export const AREAS = {
  water: { fill: "#bcd2dd", stroke: "#9dbccb" },
  green: { fill: "#dfe9cf", stroke: "#c7d8b2" },
  houses: { fill: "#e2dacc", stroke: "#cbbfae" },
  urban_areas: { fill: "#8c6d4a", "fill-opacity": 0.15, stroke: "#8c6d4a", "stroke-dasharray": "4 3" },
  border_zone: { fill: "#7a3b69", "fill-opacity": 0.15, stroke: "#7a3b69", "stroke-dasharray": "6 3" },
  airports: { fill: "#4b5a73", "fill-opacity": 0.2, stroke: "#4b5a73" },
  erosion: { fill: "#b5532a", "fill-opacity": 0.25, stroke: "#b5532a" },
  heritage: { fill: "#8a5a00", "fill-opacity": 0.3, stroke: "#8a5a00" },
  schools: { fill: "#3f6fb5", "fill-opacity": 0.3, stroke: "#3f6fb5" },
  hospitals: { fill: "#c2386b", "fill-opacity": 0.25, stroke: "#c2386b" },
};

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
