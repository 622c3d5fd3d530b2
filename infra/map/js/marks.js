// Signs and words above every tile, on one canvas with one index of what is taken: it moves with the
// map as a picture and is drawn again when the map rests, when tiles came, or when it ran out.
import { overlap, placeWords } from "./collision.js";
import { gathered } from "./gather.js";
import { FONT, wishesOf, write } from "./words.js";
import { clusterRadius, drawCluster, drawSign, signOf } from "./symbols.js";
import { SIDE } from "./tile-grid.js";

/** @import { DrawnLayer } from "./types.js" */
/** @import { Rect } from "./collision.js" */

// So far beyond the edge is drawn too, for the hand that pulls the map.
const SPARE = 160;
const AGAIN_MS = 90;
const NAMED_FROM = 15;
// Tiles hold so many pixels beyond their edge.
const CUT = 31;
// Below which zoom a sign has which radius, in pixels.
const RADII = [[12, 6], [15, 7.5], [Infinity, 9]];

export class Marks {
  /** @type {import("./gather.js").Mark[]} */
  signs = [];
  /** @type {{ wish: import("./collision.js").Wish, way: import("./collision.js").Way }[]} */
  words = [];
  /** @type {Set<string>} */
  #before = new Set();
  #timer = 0;
  #corner = { x: 0, y: 0 };
  #zoom = 0;
  #center = L.latLng(0, 0);

  /**
   * `sources`: the tiles and which of their layers have something to say; `reserved`: elements of
   * the page over which nothing is written.
   * @param {import("leaflet").Map} map
   * @param {{ pane: string, sources: () => { grid: import("./vector-layer.js").VectorLayer, layers: DrawnLayer[] }[], isFaint: (key: string) => boolean, reserved: string }} options
   */
  constructor(map, { pane, sources, isFaint, reserved }) {
    this.map = map;
    this.sources = sources;
    this.isFaint = isFaint;
    this.reserved = reserved;
    this.canvas = L.DomUtil.create("canvas", "tt-marks leaflet-zoom-animated", map.getPane(pane));
    const scratch = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    this.width = measurer(scratch);
    map.on("moveend zoomend viewreset resize", () => this.draw());
    map.on("move", () => this.#whenItRunsOut());
    map.on("zoomanim", (event) => this.#follow(/** @type {any} */ (event)));
    fontsReady().then(() => {
      this.width = measurer(scratch);
      this.draw();
    });
  }

  // Tiles came or look otherwise: once for all of them.
  soon() {
    this.#timer ||= setTimeout(() => this.draw(), AGAIN_MS);
  }

  // What was drawn near a place of the screen.
  near(latlng, pixels) {
    const { x, y } = this.map.latLngToLayerPoint(latlng).subtract(L.point(this.#corner));
    return this.signs.filter((sign) => Math.hypot(sign.x - x, sign.y - y) <= pixels);
  }

  draw() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { map } = this;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const ctx = this.#sheet(size);
    const window = { minX: 0, minY: 0, maxX: size.x + 2 * SPARE, maxY: size.y + 2 * SPARE };
    const signs = [];
    const wishes = [];
    for (const tile of this.#tiles(window)) {
      const pen = { zoom: this.#zoom, width: this.width };
      for (const layer of tile.layers) {
        const features = tile.data.get(layer.key) ?? [];
        if (layer.kind === "point") signs.push(...this.#signsOf(layer, features, tile));
        const near = features.filter((one) => overlap(tile.boxOf(one), window));
        const isLoud = (label, feature) => !(feature.props.n > 1) && (!this.isFaint(layer.key) || this.#isNearAndWhole(feature));
        if (near.length) wishes.push(...wishesOf(layer, near, tile.toScreen, pen, isLoud));
      }
    }
    this.signs = gathered(signs).sort((a, b) => a.order - b.order || a.depth - b.depth);
    const reserved = [...this.signs.map(roomOf), ...this.#reservedBoxes()];
    this.words = placeWords(wishes, reserved, this.#before);
    this.#before = new Set(this.words.map(({ wish }) => wish.key));
    write(ctx, this.words);
    this.signs.forEach((sign) => this.#stamp(ctx, sign));
  }

  // What only shows through is named from near, where it can be seen as a whole: a school, a market.
  #isNearAndWhole({ box }) {
    return this.#zoom >= NAMED_FROM && box.minX > -CUT && box.minY > -CUT && box.maxX < SIDE + CUT && box.maxY < SIDE + CUT;
  }

  #sheet(size) {
    const { canvas, map } = this;
    const ratio = window.devicePixelRatio;
    const corner = map.containerPointToLayerPoint([-SPARE, -SPARE]);
    this.#corner = { x: corner.x, y: corner.y };
    this.#zoom = map.getZoom();
    this.#center = map.getCenter();
    const [wide, high] = [size.x + 2 * SPARE, size.y + 2 * SPARE];
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(wide * ratio);
      canvas.height = Math.round(high * ratio);
      canvas.style.width = `${wide}px`;
      canvas.style.height = `${high}px`;
    }
    L.DomUtil.setTransform(canvas, corner, 1);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, wide, high);
    return ctx;
  }

  // The squares at the zoom where the map rests, each with its way to the sheet.
  *#tiles(window) {
    const { map } = this;
    const level = Math.round(this.#zoom);
    const scale = map.getZoomScale(this.#zoom, level);
    const origin = map.getPixelOrigin();
    for (const { grid, layers } of this.sources()) {
      const seen = new Set();
      for (const { coords, place, data } of grid.squares.values()) {
        const key = `${place.z}/${place.x}/${place.y}`;
        if (coords.z !== level || !data || seen.has(key)) continue;
        seen.add(key);
        const times = place.times * scale;
        const left = (coords.x * SIDE - place.left) * scale - origin.x - this.#corner.x;
        const top = (coords.y * SIDE - place.top) * scale - origin.y - this.#corner.y;
        const toScreen = ({ x, y }) => ({ x: left + x * times, y: top + y * times });
        const boxOf = ({ box }) => {
          const [low, high] = [toScreen({ x: box.minX, y: box.minY }), toScreen({ x: box.maxX, y: box.maxY })];
          return { minX: low.x - 60, minY: low.y - 60, maxX: high.x + 60, maxY: high.y + 60 };
        };
        if (overlap({ minX: left, minY: top, maxX: left + SIDE * times, maxY: top + SIDE * times }, window)) {
          yield { layers, data, toScreen, boxOf };
        }
      }
    }
  }

  #signsOf(layer, features, tile) {
    const [, radius] = RADII.find(([below]) => this.#zoom < below) ?? RADII[2];
    const { order, signs } = layer.style;
    if (!signs.length) return [];
    return features.filter(({ geom }) => isInTile(geom[0][0])).map(({ geom, props }) => {
      const sign = signOf(layer.style, props, props.n ? "worst" : undefined);
      const isMany = props.n > 1;
      const spot = tile.toScreen(geom[0][0]);
      return { ...spot, key: layer.key, style: layer.style, sign, props, isMany, order, depth: isMany ? 99 : signs.indexOf(sign), radius: isMany ? clusterRadius(props.n) : radius };
    });
  }

  #reservedBoxes() {
    const frame = this.map.getContainer().getBoundingClientRect();
    return [...this.map.getContainer().querySelectorAll(this.reserved)].map((element) => {
      const box = element.getBoundingClientRect();
      return { minX: box.left - frame.left + SPARE, maxX: box.right - frame.left + SPARE, minY: box.top - frame.top + SPARE, maxY: box.bottom - frame.top + SPARE };
    });
  }

  #stamp(ctx, { x, y, sign, radius, props, isMany }) {
    if (isMany) drawCluster(ctx, x, y, props.n, sign);
    else drawSign(ctx, x, y, sign, radius);
  }

  #whenItRunsOut() {
    const { map } = this;
    const moved = map.containerPointToLayerPoint([-SPARE, -SPARE]).subtract(L.point(this.#corner));
    if (Math.max(Math.abs(moved.x), Math.abs(moved.y)) > SPARE) this.soon();
  }

  // While the zoom is animated the sheet grows or shrinks with the tiles.
  #follow({ center, zoom }) {
    const { map } = this;
    const scale = map.getZoomScale(zoom, this.#zoom);
    const half = map.getSize().divideBy(2);
    const middle = map.project(center, zoom);
    const old = map.project(this.#center, zoom);
    const corner = old.subtract(middle).add(half).subtract(half.add([SPARE, SPARE]).multiplyBy(scale));
    L.DomUtil.setTransform(this.canvas, map.containerPointToLayerPoint(corner), scale);
  }
}

const isInTile = ({ x, y }) => x >= 0 && x < SIDE && y >= 0 && y < SIDE;

// The room that a sign takes, its grade beside a count included.
/** @returns {Rect} */
function roomOf({ x, y, radius, isMany, sign }) {
  const room = radius + 2;
  if (sign.shape === "pin") return { minX: x - 12, maxX: x + 12, minY: y - 30, maxY: y + 2 };
  if (sign.shape === "arc") return { minX: x - 17, maxX: x + 17, minY: y - 18, maxY: y };
  const more = isMany ? 7 : 0;
  return { minX: x - room, maxX: x + room + more, minY: y - room - more, maxY: y + room };
}

// Widths are asked again and again: each once.
function measurer(ctx) {
  /** @type {Map<string, Map<string, number>>} */
  const fonts = new Map();
  return (/** @type {string} */ font, /** @type {string} */ words) => {
    const known = fonts.get(font) ?? new Map();
    fonts.set(font, known);
    if (!known.has(words)) {
      ctx.font = font;
      known.set(words, ctx.measureText(words).width);
    }
    return /** @type {number} */ (known.get(words));
  };
}

// Words are measured once the typeface is there; until then, and without it, in the system's.
async function fontsReady() {
  const wanted = ["400 12px", "600 12px"].map((font) => document.fonts.load(`${font} ${FONT}`, "Đồng Tháp ăâêôơưđ"));
  await Promise.allSettled(wanted);
}
