// Fetches and reads vector tiles; a failed one is told in words, a cut or approximate one noted.
import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";

import { isAborted } from "./dom.js";

export class TileFailure extends Error {}

export class TileSource {
  constructor(url, { onFailure, onNotice, onBusy }) {
    this.url = url;
    this.tell = { onFailure, onNotice, onBusy };
    this.aborts = new Map();
  }

  async get(coords, tileSize) {
    this.#abortOtherZooms(coords.z);
    const abort = new AbortController();
    const key = `${coords.z}/${coords.x}/${coords.y}`;
    this.aborts.set(key, { z: coords.z, abort });
    this.tell.onBusy(1);
    try {
      return await this.#fetch(coords, tileSize, abort.signal);
    } catch (error) {
      if (!isAborted(error)) this.tell.onFailure(error);
      throw error;
    } finally {
      this.aborts.delete(key);
      this.tell.onBusy(-1);
    }
  }

  async #fetch({ z, x, y }, tileSize, signal) {
    const address = this.url.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    const response = await fetch(address, { signal });
    if (!response.ok) throw new TileFailure(String(response.status));
    const capped = response.headers.get("X-Capped-Layers");
    if (capped) this.tell.onNotice("capped");
    const layers = parseTile(await response.arrayBuffer(), tileSize);
    const isApproximate = layers.get("units")?.some((unit) => unit.props.approx);
    if (isApproximate) this.tell.onNotice("approximate");
    return layers;
  }

  #abortOtherZooms(zoom) {
    for (const { z, abort } of this.aborts.values()) if (z !== zoom) abort.abort();
  }
}

// Features with coordinates in pixels of the tile, as protomaps-leaflet draws them.
export function parseTile(buffer, tileSize) {
  const tile = new VectorTile(new Pbf(new Uint8Array(buffer)));
  const layers = new Map();
  for (const [name, layer] of Object.entries(tile.layers)) {
    const features = [];
    for (let i = 0; i < layer.length; i += 1) {
      features.push(readFeature(layer.feature(i), tileSize / layer.extent));
    }
    layers.set(name, features);
  }
  return layers;
}

function readFeature(feature, scale) {
  const bbox = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  const geom = feature.loadGeometry();
  let numVertices = 0;
  for (const ring of geom) {
    numVertices += ring.length;
    for (const point of ring) {
      point.x *= scale;
      point.y *= scale;
      bbox.minX = Math.min(bbox.minX, point.x);
      bbox.maxX = Math.max(bbox.maxX, point.x);
      bbox.minY = Math.min(bbox.minY, point.y);
      bbox.maxY = Math.max(bbox.maxY, point.y);
    }
  }
  return { geomType: feature.type, geom, numVertices, bbox, props: feature.properties };
}
