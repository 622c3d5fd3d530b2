// The office's own data in colour above the base map; symbols, never colour alone.
import { trace } from "./base-style.js";
import { AREAS, LINES, drawCandidate, drawCluster, drawGrade, drawStation } from "./symbols.js";
import { TextLabel } from "./text-label.js";

const FONT = '"Be Vietnam Pro", sans-serif';
const PLANNED = new Set(["draft", "with_head", "with_leader", "with_committee", "not_approved"]);

// What each layer is drawn with, from below to above.
const DRAWING = {
  urban_areas: area, border_zone: area, airports: area, erosion: area, heritage: area, schools: area,
  hospitals: area, power_lines: powerLine, routes: route, segments: segment, candidates: candidate,
  stations: station, masts: mast, masts_public: mast,
};

export const drawnLayers = Object.keys(DRAWING);

export function dataPaint(keys) {
  return drawnLayers
    .filter((key) => keys.includes(key))
    .map((key) => ({ dataLayer: key, symbolizer: { draw: DRAWING[key](key) } }));
}

export function dataLabels(keys) {
  const rules = {
    masts: () => codeLabel("masts", "code"),
    masts_public: () => codeLabel("masts_public", "code"),
    candidates: () => codeLabel("candidates", "name", 14),
    routes: () => nameLabel("routes", 13, "#4a4200"),
    schools: () => nameLabel("schools", 14, "#2b5294"),
    hospitals: () => nameLabel("hospitals", 14, "#9a2a55"),
    heritage: () => nameLabel("heritage", 13, "#6d4800"),
    erosion: () => nameLabel("erosion", 13, "#8f3d1b"),
    power_lines: () => nameLabel("power_lines", 14, "#a3161f"),
    airports: () => nameLabel("airports", 11, "#3a475c"),
    urban_areas: () => nameLabel("urban_areas", 10, "#6d5438"),
    border_zone: () => nameLabel("border_zone", 9, "#632c54"),
  };
  return Object.keys(rules).filter((key) => keys.includes(key)).map((key) => rules[key]());
}

function area(key) {
  const look = AREAS[key];
  return (ctx, rings) => {
    if (rings.length === 1 && rings[0].length === 1) return dot(ctx, rings[0][0], look.stroke);
    trace(ctx, rings);
    ctx.globalAlpha = Number(look["fill-opacity"]);
    ctx.fillStyle = look.fill;
    ctx.fill();
    ctx.globalAlpha = 0.9;
    return strokeWith(ctx, look.stroke, 1.4, look["stroke-dasharray"]);
  };
}

function dot(ctx, { x, y }, color) {
  ctx.beginPath();
  ctx.arc(x, y, 5, 0, 2 * Math.PI);
  ctx.globalAlpha = 1;
  ctx.fillStyle = color;
  ctx.fill();
  strokeWith(ctx, "#ffffff", 1.5);
}

function powerLine() {
  return (ctx, parts, zoom, feature) => {
    const isHigh = Number(feature.props.voltage_kv) >= 110;
    trace(ctx, parts);
    ctx.globalAlpha = 1;
    strokeWith(ctx, "#ffffff", isHigh ? 4.5 : 3.2);
    strokeWith(ctx, "#d3202b", isHigh ? 2.5 : 1.4, zoom >= 13 && !isHigh ? "6 3" : null);
  };
}

export const routeSign = (state) => (PLANNED.has(state) ? "route-planned" : `route-${state}`);

function route() {
  return (ctx, parts, zoom, feature) => {
    const looks = LINES[routeSign(feature.props.state)] ?? LINES["route-planned"];
    const scale = zoom < 11 ? 0.6 : zoom < 14 ? 0.85 : 1.1;
    trace(ctx, parts);
    ctx.globalAlpha = 1;
    for (const look of looks) {
      strokeWith(ctx, look.stroke, look["stroke-width"] * scale, look["stroke-dasharray"]);
    }
  };
}

function segment() {
  return (ctx, parts) => {
    const ends = parts.flatMap((part) => [part[0], part[part.length - 1]]);
    ctx.globalAlpha = 1;
    for (const { x, y } of ends) {
      ctx.beginPath();
      ctx.arc(x, y, 4, 0, 2 * Math.PI);
      ctx.fillStyle = "#ffffff";
      ctx.fill();
      strokeWith(ctx, "#3a3300", 1.75);
    }
  };
}

function mast() {
  return (ctx, parts, zoom, { props }) => {
    const { x, y } = parts[0][0];
    ctx.globalAlpha = 1;
    if (props.n > 1) drawCluster(ctx, x, y, props);
    else drawGrade(ctx, x, y, props.n ? props.worst : props.grade, zoom < 12 ? 6 : zoom < 15 ? 7.5 : 9);
  };
}

function station() {
  return (ctx, parts, zoom, feature) => {
    ctx.globalAlpha = 1;
    drawStation(ctx, parts[0][0].x, parts[0][0].y, feature.props.expired);
  };
}

function candidate() {
  return (ctx, parts, zoom, feature) => {
    ctx.globalAlpha = 1;
    drawCandidate(ctx, parts[0][0].x, parts[0][0].y, feature.props.outcome);
  };
}

function codeLabel(key, property, minzoom = 15) {
  const look = { font: `600 11px ${FONT}`, fill: "#222b33", halo: "#ffffff", place: "below", repeat: 0 };
  return { dataLayer: key, minzoom, symbolizer: new TextLabel({ property, ...look }) };
}

function nameLabel(key, minzoom, fill) {
  const look = { font: `600 11px ${FONT}`, fill, halo: "#ffffff" };
  return { dataLayer: key, minzoom, symbolizer: new TextLabel(look) };
}

function strokeWith(ctx, color, width, dashes) {
  ctx.lineJoin = "round";
  ctx.lineCap = dashes ? "butt" : "round";
  ctx.setLineDash(dashes ? dashes.split(" ").map(Number) : []);
  ctx.lineWidth = width;
  ctx.strokeStyle = color;
  ctx.stroke();
  ctx.setLineDash([]);
}
