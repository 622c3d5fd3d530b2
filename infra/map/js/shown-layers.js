// Which layers are on, narrowed how, and the addresses that follow from it.

/** @import { DrawnLayer, Layer } from "./types.js" */

export class ShownLayers {
  /** @type {Set<string>} */
  #on;

  /**
   * `wanted`: keys or names from the address; without them each layer's own default.
   * @param {import("./types.js").MapConfig} config
   * `isFaint`: whether constraints show through while they are off.
   * @param {string[]} [wanted]
   * @param {boolean} [isFaint]
   */
  constructor(config, wanted, isFaint = true) {
    this.config = config;
    this.showsFaint = isFaint;
    /** @type {Set<string>} */
    this.pointedAt = new Set();
    this.filters = structuredClone(config.filters);
    const isOn = (layer) => (wanted ? wanted.includes(layer.key) || wanted.includes(layer.name) : layer.isOn);
    this.#on = new Set(config.layers.filter((layer) => layer.isBase || isOn(layer)).map((layer) => layer.key));
  }

  isOn(key) {
    return this.#on.has(key);
  }

  set(name, isOn) {
    for (const layer of this.config.layers) {
      if (layer.key === name || layer.name === name) this.#on[isOn ? "add" : "delete"](layer.key);
    }
  }

  // The layers above the base map that are on, from below to above.
  get drawn() {
    return this.#styled().filter((layer) => !layer.isBase && this.#on.has(layer.key));
  }

  get keys() {
    return this.drawn.map((layer) => layer.key);
  }

  // What the tiles of the ground hold: the base map, and what shows through or stands on it.
  get ground() {
    return this.#styled().filter(({ isBase, isFaint, key }) => isBase || (isFaint && (this.isStrong(key) || this.showsFaint)));
  }

  // What has tiles of its own.
  get own() {
    return this.drawn.filter((layer) => !layer.isFaint);
  }

  // On, or pointed at by what a rule found: drawn in full.
  isStrong(key) {
    return this.#on.has(key) || this.pointedAt.has(key);
  }

  /** @returns {DrawnLayer[]} */
  #styled() {
    return this.config.layers.filter(hasStyle).sort((a, b) => a.style.order - b.style.order);
  }

  // What a click asks about: what is on, and of the base map the ground.
  get asked() {
    const isAsked = (layer) => layer.canIdentify && (layer.isBase ? layer.isGround : this.#on.has(layer.key));
    return this.config.layers.filter(isAsked).map((layer) => layer.key);
  }

  isGround(key) {
    return this.config.layers.some((layer) => layer.key === key && layer.isGround);
  }

  named(key) {
    return this.config.layers.find((layer) => layer.key === key || layer.name === key);
  }

  // Narrow a layer: an empty value frees a parameter. Gives back what the layer is narrowed to.
  filter(layer, params) {
    const narrowed = Object.entries({ ...this.filters[layer], ...params }).filter(([, value]) => value?.length);
    this.filters[layer] = Object.fromEntries(narrowed);
    return this.filters[layer];
  }

  filterPairs() {
    const isShown = (name) => this.config.layers.some((one) => (one.name === name || one.key === name) && this.isOn(one.key));
    return Object.entries(this.filters)
      .filter(([layer]) => isShown(layer))
      .flatMap(([, params]) => Object.entries(params))
      .flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  }

  tileUrl() {
    const query = new URLSearchParams(this.filterPairs()).toString();
    const keys = this.own.map((layer) => layer.key);
    const address = this.config.urls.tile.replace("{layers}", keys.join(",") || "none");
    return query ? `${address}?${query}` : address;
  }
}

/**
 * @param {Layer} layer
 * @returns {layer is DrawnLayer}
 */
const hasStyle = (layer) => Boolean(layer.style);
