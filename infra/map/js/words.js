// The words of a layer's features as wishes for a place on the screen.
import { joined, waysAlong } from "./along.js";
import { lengthOf, spineOf } from "./spine.js";

/** @import { DrawnLayer, Label } from "./types.js" */
/** @import { Rect, Spot, Way, Wish } from "./collision.js" */

export const FONT = '"Be Vietnam Pro", sans-serif';
// Where a vector tile is cut, in pixels of a square: its own edge and 32 px more.
const CUT = { low: -32, high: 544 };
const LINE = 1.2;
const BELOW = 13;
const HALO = 3;
// Beside a count that stands where the name should.
const ASIDE = 22;
// Between letters along a line.
const SPACED = 0.5;
const MOST_CHARS = 18;
const PLATE_PAD = 4;

/**
 * What the screen tells of itself: `width` measures words, `at` brings a place of a tile to it.
 * @typedef {{ zoom: number, width: (font: string, words: string) => number }} Pen
 */
/**
 * @typedef {{ label: Label, font: string, size: number, lines: string[], glyphs: string[] }} Look
 */

/** @param {Label} label */
export const sizeAt = (label, zoom) => {
  const grown = label.size + label.growth * Math.max(0, zoom - label.minZoom);
  return Math.min(grown, label.most || grown);
};

export const fontOf = (label, size) => `${label.italic ? "italic " : ""}${label.weight} ${size}px ${FONT}`;

/**
 * The wishes of one layer in one tile. `toScreen` brings pixels of the tile to the screen.
 * @param {DrawnLayer} layer
 * @param {any[]} features
 * @param {(spot: Spot) => Spot} toScreen
 * @param {Pen} pen
 * @param {(label: Label, feature: any) => boolean} [isWanted]
 * @returns {Wish<Look>[]}
 */
export function wishesOf(layer, features, toScreen, pen, isWanted = () => true) {
  const { labels, sameAs, signBy } = layer.style;
  return labels
    .filter(({ minZoom, maxZoom }) => pen.zoom >= minZoom && pen.zoom < maxZoom)
    .flatMap((label) => {
      const isMeant = ({ props }) => {
        const value = String(props[label.by || signBy] ?? "");
        return !label.only.length || label.only.includes(value) || label.only.includes(sameAs[value]);
      };
      const named = features.filter((one) => one.props[label.property] && isMeant(one) && isWanted(label, one));
      return wishesFor(layer, label, named, toScreen, pen);
    });
}

function wishesFor(layer, label, features, toScreen, pen) {
  const size = sizeAt(label, pen.zoom);
  const look = { label, size, font: fontOf(label, size) };
  const build = { layer, look, toScreen, pen };
  if (label.place !== "along") return features.flatMap((feature) => standing(build, feature));
  if (layer.kind === "line") return lying(build, features);
  return features.flatMap((feature) => flowing(build, feature));
}

// Along a river's middle where it is long and narrow, else in its middle.
function flowing(build, feature) {
  feature.spine ??= spineOf(feature.geom, CUT);
  const wishes = alongLine(build, feature, feature.spine.map(build.toScreen));
  return wishes.length || isNarrow(feature) ? wishes : standing(build, feature);
}

const isNarrow = ({ spine }) => spine.length > 0;

// Pieces of one road are one line before words are laid along it.
function lying(build, features) {
  const { property } = build.look.label;
  /** @type {Map<string, any[]>} */
  const named = new Map();
  for (const feature of features) {
    const words = String(feature.props[property]);
    named.set(words, [...(named.get(words) ?? []), feature]);
  }
  return [...named.values()].flatMap((same) =>
    joined(same.flatMap(({ geom }) => geom)).flatMap((line) => alongLine(build, same[0], line.map(build.toScreen))),
  );
}

function alongLine({ layer, look, pen }, feature, line) {
  if (line.length < 2) return [];
  const words = String(feature.props[look.label.property]).normalize("NFC");
  const glyphs = [...words];
  const widths = glyphs.map((glyph) => pen.width(look.font, glyph) + SPACED);
  const ways = waysAlong(line, widths, look.size, look.label.repeat);
  // A long line says its name again and again: every wish may take any of the ways.
  const times = Math.min(4, Math.max(1, Math.floor(lengthOf(line) / Math.max(look.label.repeat, 1))));
  const wish = { key: `${layer.key}:${words}`, rank: look.label.rank, weight: lengthOf(line), repeat: look.label.repeat, ways, look: { ...look, lines: [words], glyphs } };
  return ways.length ? Array.from({ length: times }, () => wish) : [];
}

function standing({ layer, look, toScreen, pen }, feature) {
  const { label, size, font } = look;
  const words = String(feature.props[label.property]).normalize("NFC");
  const anchor = anchorOf(feature, layer.kind);
  // What stands on the edge is told by the tile that holds it.
  if (layer.kind === "point" && !isInTile(anchor)) return [];
  const lines = label.place === "plate" ? [words] : wrap(words, MOST_CHARS);
  const width = Math.max(...lines.map((line) => pen.width(font, line)));
  const height = lines.length * size * LINE;
  const spots = label.place === "plate" ? platesOn(feature) : [anchor];
  const key = `${layer.key}:${words}:${label.repeat ? "" : feature.props.code ?? words}`;
  return spots.map((spot) => ({
    key,
    rank: label.rank,
    weight: size * 10 + (feature.box.maxX - feature.box.minX),
    repeat: label.repeat,
    ways: waysAround(toScreen(spot), width, height, label.place),
    look: { ...look, lines, glyphs: [] },
  }));
}

/** @returns {Way[]} */
function waysAround({ x, y }, width, height, place) {
  if (place === "plate") return [wayAt(x, y, width + 2 * PLATE_PAD, height + 3)];
  if (place === "below") {
    const aside = width / 2 + BELOW;
    const down = height / 2 + BELOW;
    return [[0, down], [0, -down], [aside, 0], [-aside, 0]].map(([dx, dy]) => wayAt(x + dx, y + dy, width, height));
  }
  const [aside, down] = [width / 2 + ASIDE, height / 2 + ASIDE];
  const ways = [[0, 0], [0, -height * 0.7], [0, height * 0.7], [0, down], [0, -down], [aside, 0], [-aside, 0]];
  return ways.map(([dx, dy]) => wayAt(x + dx, y + dy, width + HALO, height));
}

function wayAt(x, y, width, height) {
  const box = { minX: x - width / 2 - 1, maxX: x + width / 2 + 1, minY: y - height / 2, maxY: y + height / 2 };
  return { anchor: { x, y }, boxes: [box] };
}

// A plate stands on the road: at its middle, and again on long ones.
function platesOn({ geom }) {
  const line = geom.reduce((best, part) => (part.length > best.length ? part : best), geom[0]);
  return [0.5, 0.2, 0.8].map((share) => line[Math.round((line.length - 1) * share)]).filter(isInTile);
}

const isInTile = ({ x, y }) => x >= 0 && x < 512 && y >= 0 && y < 512;

// The point itself, or the middle of the widest ring.
function anchorOf({ geom, box }, kind) {
  if (kind === "point" || geom[0].length < 2) return geom[0][0];
  if (kind === "line") return geom[0][Math.floor(geom[0].length / 2)];
  const low = (value) => Math.max(0, value);
  const high = (value) => Math.min(512, value);
  return { x: (low(box.minX) + high(box.maxX)) / 2, y: (low(box.minY) + high(box.maxY)) / 2 };
}

/**
 * @param {string} words
 * @param {number} chars
 */
export function wrap(words, chars) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= chars) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Write what was given a place: first every halo, then every letter, so that none cuts another.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ wish: Wish<Look>, way: Way }[]} placed
 */
export function write(ctx, placed) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const pass of ["halo", "ink"]) {
    for (const { wish, way } of placed) writeOne(ctx, wish.look, way, pass === "halo");
  }
}

function writeOne(ctx, { label, font, size, lines, glyphs }, way, isHalo) {
  ctx.font = font;
  if (label.place === "plate" && isHalo) plate(ctx, way.boxes[0], label);
  ctx.lineCap = "butt";
  ctx.lineWidth = HALO;
  ctx.strokeStyle = label.halo;
  ctx.fillStyle = label.color;
  const put = (words, x, y) => (isHalo ? ctx.strokeText(words, x, y) : ctx.fillText(words, x, y));
  if (way.glyphs) {
    if (isHalo) bridge(ctx, way.glyphs, glyphs, size);
    way.glyphs.forEach(({ x, y, angle }, i) => {
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      put(glyphs[i], 0, 0);
      ctx.restore();
    });
    return;
  }
  if (label.place === "plate" && isHalo) return;
  const top = way.anchor.y - ((lines.length - 1) * size * LINE) / 2;
  lines.forEach((line, i) => put(line, way.anchor.x, top + i * size * LINE));
}

// No line shows between two words: the halo goes on under the space.
function bridge(ctx, places, glyphs, size) {
  ctx.beginPath();
  glyphs.forEach((glyph, i) => {
    if (glyph.trim() || !places[i - 1] || !places[i + 1]) return;
    ctx.moveTo(places[i - 1].x, places[i - 1].y);
    ctx.lineTo(places[i + 1].x, places[i + 1].y);
  });
  ctx.lineWidth = size * 0.6;
  ctx.stroke();
  ctx.lineWidth = HALO;
}

function plate(ctx, { minX, minY, maxX, maxY }, { halo, color }) {
  ctx.beginPath();
  ctx.roundRect?.(minX + 1, minY + 1, maxX - minX - 2, maxY - minY - 2, 3);
  ctx.fillStyle = halo;
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = color;
  ctx.stroke();
}
