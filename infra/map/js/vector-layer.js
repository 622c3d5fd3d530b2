// Our seam to Leaflet's grid of tiles: squares of canvas over one tile address. Only Leaflet's
// documented names are used. Lines and areas are drawn here, once for each square; signs and words
// lie above in marks.js.
import { overlap } from "./collision.js";
import { paintLayers } from "./paint.js";
import { SIDE, dataTileOf } from "./tile-grid.js";
import { TileSource } from "./tile-source.js";

// A frame has 16 ms: so long may squares be drawn in one.
const BUDGET_MS = 8;
// What a stroke may reach beyond its line, in pixels of a square.
const REACH = 24;

/** @typedef {{ coords: import("leaflet").Coords, canvas: HTMLCanvasElement, place: ReturnType<typeof dataTileOf>, data: Map<string, any[]> | null, scale: number, isBusy: boolean, done: (() => void) | null }} Square */

export class VectorLayer {
  /** @type {Map<HTMLElement, Square>} */
  squares = new Map();
  /** @type {Set<Square>} */
  #queue = new Set();

  /**
   * `layers`: what is drawn, from below to above; `isFaint`: which only show through; `onDrawn` is
   * told when a square came or changed.
   * @param {import("leaflet").Map} map
   * @param {{
   *   url: string, layers: () => import("./types.js").DrawnLayer[], isFaint: (key: string) => boolean,
   *   pane: string, background?: string, attribution?: string, events: any, onDrawn: () => void,
   * }} options
   */
  constructor(map, { url, layers, isFaint, pane, background, attribution = "", events, onDrawn }) {
    this.map = map;
    this.layers = layers;
    this.isFaint = isFaint;
    this.background = background;
    this.events = events;
    this.onDrawn = onDrawn;
    /** @type {TileSource} */
    this.source = new TileSource(url, events);
    this.layer = grid({ pane, attribution, maxZoom: 20, tileSize: SIDE, updateWhenZooming: false, keepBuffer: 1 }, this);
  }

  // Another address: what is drawn stays until the new data is there.
  setUrl(url) {
    this.source = new TileSource(url, this.events);
    this.#askAgain();
  }

  reload() {
    this.setUrl(this.source.url);
  }

  // Draw again from what is already there.
  repaint() {
    for (const square of this.squares.values()) if (square.data) this.#draw(square);
  }

  // Leaflet's zoom moved between two whole ones: strokes and letters are drawn for where it rests.
  settle() {
    const zoom = this.map.getZoom();
    this.source.keepOnly(dataTileOf({ x: 0, y: 0, z: Math.round(zoom) }).z);
    for (const square of this.squares.values()) {
      if (square.data && Math.abs(square.scale - this.#scaleOf(square)) > 0.01) this.#draw(square);
    }
  }

  /**
   * @param {import("leaflet").Coords} coords
   * @param {(error?: Error, tile?: HTMLElement) => void} done
   */
  create(coords, done) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 0;
    /** @type {Square} */
    const square = { coords, canvas, place: dataTileOf(coords), data: null, scale: 0, isBusy: false, done: () => done(undefined, canvas) };
    this.squares.set(canvas, square);
    this.#fill(square);
    return canvas;
  }

  forget(canvas) {
    const square = this.squares.get(canvas);
    if (!square) return;
    this.squares.delete(canvas);
    this.#queue.delete(square);
    this.#busy(square, false);
    canvas.width = canvas.height = 0;
  }

  async #fill(square) {
    this.#busy(square, true);
    const { source } = this;
    try {
      const data = await source.get(square.place);
      if (source !== this.source || !this.squares.has(square.canvas)) return;
      square.data = data;
      this.#draw(square);
    } catch {
      if (source !== this.source) return;
      this.#busy(square, false);
      square.done?.();
    }
  }

  #askAgain() {
    for (const square of this.squares.values()) this.#fill(square);
  }

  #busy(square, isBusy) {
    if (square.isBusy !== isBusy) this.events.onBusy(isBusy ? 1 : -1);
    square.isBusy = isBusy;
  }

  #draw(square) {
    this.#busy(square, true);
    const isWaiting = this.#queue.size > 0;
    this.#queue.add(square);
    if (!isWaiting) requestAnimationFrame(() => this.#work());
  }

  #work() {
    const until = performance.now() + BUDGET_MS;
    for (const square of this.#queue) {
      this.#queue.delete(square);
      this.#paint(square);
      if (performance.now() > until) break;
    }
    if (this.#queue.size) requestAnimationFrame(() => this.#work());
    this.onDrawn();
  }

  #scaleOf({ coords }) {
    return this.map.getZoomScale(this.map.getZoom(), coords.z);
  }

  #paint(square) {
    const { canvas, data, place } = square;
    square.scale = this.#scaleOf(square);
    const ratio = window.devicePixelRatio * Math.min(2, square.scale);
    canvas.width = canvas.height = Math.round(SIDE * ratio);
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const density = canvas.width / SIDE;
    ctx.setTransform(density, 0, 0, density, 0, 0);
    if (this.background) {
      ctx.fillStyle = this.background;
      ctx.fillRect(0, 0, SIDE, SIDE);
    }
    const isDrawn = data !== null && paintLayers(ctx, data, this.layers(), {
      zoom: this.map.getZoom(),
      unit: square.scale,
      isFaint: this.isFaint,
      ...penOf(ctx, place),
    });
    // An empty square costs nothing while the map moves.
    if (!isDrawn && !this.background) canvas.width = canvas.height = 0;
    this.#busy(square, false);
    square.done?.();
    square.done = null;
  }
}

// How the pen follows features of a data tile in the square that shows a piece of it.
function penOf(ctx, { times, left, top }) {
  const window = {
    minX: (left - REACH) / times, minY: (top - REACH) / times,
    maxX: (left + SIDE + REACH) / times, maxY: (top + SIDE + REACH) / times,
  };
  return {
    isInside: ({ box }) => overlap(box, window) || box.minX === box.maxX || box.minY === box.maxY,
    trace: ({ geom }) => {
      for (const part of geom) {
        part.forEach(({ x, y }, i) => ctx[i ? "lineTo" : "moveTo"](x * times - left, y * times - top));
      }
    },
  };
}

/**
 * @param {import("leaflet").GridLayerOptions} options
 * @param {VectorLayer} owner
 */
function grid(options, owner) {
  class Grid extends L.GridLayer {
    createTile(coords, done) {
      return owner.create(coords, done);
    }
  }
  return new Grid(options).on("tileunload", (/** @type {any} */ event) => owner.forget(event.tile));
}
