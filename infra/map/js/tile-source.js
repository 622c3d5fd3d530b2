// Fetches and reads vector tiles, keeps what it read; a failed one is told in words, a cut or
// approximate one noted.
import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";

import { isAborted } from "./dom.js";
import { Kept, SIDE } from "./tile-grid.js";

const MOST_KEPT = 80;

export class TileFailure extends Error {}

export class TileSource {
  /** @type {Kept} */
  #kept = new Kept(MOST_KEPT);
  /** @type {Map<string, { z: number, abort: AbortController }>} */
  #asked = new Map();

  /**
   * @param {string} url
   * @param {{ onFailure: (error: unknown) => void, onNotice: (name: string) => void }} events
   */
  constructor(url, events) {
    this.url = url;
    this.events = events;
  }

  // The layers of a tile by name; asked once, however many squares want it.
  /** @returns {Promise<Map<string, any[]>>} */
  get({ z, x, y }) {
    const key = `${z}/${x}/${y}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const abort = new AbortController();
    this.#asked.set(key, { z, abort });
    const coming = this.#fetch({ z, x, y }, abort.signal).finally(() => this.#asked.delete(key));
    coming.catch((error) => {
      this.#kept.delete(key);
      if (!isAborted(error)) this.events.onFailure(error);
    });
    this.#kept.set(key, coming);
    return coming;
  }

  // Nobody looks at other zooms any more.
  keepOnly(zoom) {
    for (const { z, abort } of this.#asked.values()) if (z !== zoom) abort.abort();
  }

  async #fetch({ z, x, y }, signal) {
    const address = this.url.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    const response = await fetch(address, { signal });
    if (!response.ok) throw new TileFailure(String(response.status));
    const capped = response.headers.get("X-Capped-Layers");
    if (capped) this.events.onNotice("capped");
    const layers = parseTile(await response.arrayBuffer());
    const isApproximate = layers.get("units")?.some((unit) => unit.props.approx);
    if (isApproximate) this.events.onNotice("approximate");
    return layers;
  }
}

// Features with coordinates in pixels of a square.
/** @param {ArrayBuffer} buffer */
export function parseTile(buffer) {
  const tile = new VectorTile(new Pbf(new Uint8Array(buffer)));
  const layers = new Map();
  for (const [name, layer] of Object.entries(tile.layers)) {
    const features = [];
    for (let i = 0; i < layer.length; i += 1) features.push(readFeature(layer.feature(i), SIDE / layer.extent));
    layers.set(name, features);
  }
  return layers;
}

function readFeature(feature, scale) {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  const geom = feature.loadGeometry();
  let numVertices = 0;
  for (const ring of geom) {
    numVertices += ring.length;
    for (const point of ring) {
      point.x *= scale;
      point.y *= scale;
      box.minX = Math.min(box.minX, point.x);
      box.maxX = Math.max(box.maxX, point.x);
      box.minY = Math.min(box.minY, point.y);
      box.maxY = Math.max(box.maxY, point.y);
    }
  }
  return { geom, numVertices, box, props: feature.properties };
}
