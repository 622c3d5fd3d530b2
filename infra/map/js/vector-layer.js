// Our seam to protomaps-leaflet: one canvas layer over one tile address, rules that may change.
import { leafletLayer } from "protomaps-leaflet";

import { TileSource } from "./tile-source.js";

const DEEPEST = 16;

export class VectorLayer {
  /**
   * @param {{
   *   url: string, paint: any[], labels: any[], pane: string, background?: string,
   *   attribution?: string, events: any,
   * }} options
   */
  constructor({ url, paint, labels, pane, background, attribution = "", events }) {
    this.events = events;
    this.layer = leafletLayer({
      url: "https://example.invalid/{z}",
      maxDataZoom: DEEPEST,
      maxZoom: 20,
      pane,
      paintRules: paint,
      labelRules: labels,
      backgroundColor: background,
      attribution,
      // Text is drawn once the typeface is there, or not at all for a few seconds' wait.
      // @ts-expect-error The library's type wants a reason of failure even of what succeeded.
      tasks: [fontsReady()],
      updateWhenZooming: false,
      keepBuffer: 1,
    });
    this.setUrl(url);
  }

  get view() {
    return this.layer.views.get("");
  }

  setUrl(url) {
    const { tileCache } = this.view;
    tileCache.source = new TileSource(url, this.events);
    tileCache.cache.clear();
    tileCache.inflight.clear();
  }

  setRules(paint, labels) {
    this.layer.paintRules = paint;
    this.layer.labelRules = labels;
  }

  // Draw again from the server (`fresh`) or from what is already there.
  redraw({ fresh = false } = {}) {
    if (fresh) this.view.tileCache.cache.clear();
    this.layer.clearLayout();
    if (this.layer._map) this.layer.redraw();
  }

  // The features near a place of the screen, as the tiles in view hold them.
  near(latlng, pixels) {
    if (!this.layer._map) return [];
    return this.layer.queryTileFeaturesDebug(latlng.lng, latlng.lat, pixels).get("") ?? [];
  }
}

async function fontsReady() {
  const wanted = ["400 12px", "600 12px"].map((font) =>
    document.fonts.load(`${font} "Be Vietnam Pro"`, "Đồng Tháp ăâêôơưđ"),
  );
  const patience = new Promise((resolve) => setTimeout(resolve, 3000));
  await Promise.race([Promise.all(wanted), patience]);
  return { status: "fulfilled" };
}
