// Which layers are on, narrowed how, and the addresses that follow from it.
import { drawnLayers } from "./data-style.js";

export class ShownLayers {
  /** @type {Set<string>} */
  #on;

  /**
   * `wanted`: keys or names from the address; without them each layer's own default.
   * @param {import("./types.js").MapConfig} config
   * @param {string[]} [wanted]
   */
  constructor(config, wanted) {
    this.config = config;
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
    return drawnLayers(this.config.layers).filter((layer) => this.#on.has(layer.key));
  }

  get keys() {
    return this.drawn.map((layer) => layer.key);
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
    const address = this.config.urls.tile.replace("{layers}", this.keys.join(",") || "none");
    return query ? `${address}?${query}` : address;
  }
}
