// The one map component. createMap(element) reads the configuration that infra/map/map.html wrote
// beside the element and gives the object that pages talk to.
import { need, readJson } from "../../web/js/find.js";
import { Chooser } from "./chooser.js";
import { _, h } from "./dom.js";
import { Emitter } from "./emitter.js";
import { evidenceLayer, layersOf } from "./evidence.js";
import { fitFree } from "./free-area.js";
import { layerPanel, layersTitle } from "./layer-panel.js";
import { locate } from "./locate.js";
import { Marks } from "./marks.js";
import { Measure } from "./measure.js";
import { Notices } from "./notices.js";
import { readState, writeState } from "./permalink.js";
import { FAINT_FROM } from "./paint.js";
import { printMap } from "./print.js";
import { seaInset } from "./sea-inset.js";
import { searchBox } from "./search-box.js";
import { ShownLayers } from "./shown-layers.js";
import { SidePanel } from "./side-panel.js";
import { statusBar } from "./status-bar.js";
import { toolbar } from "./toolbar.js";
import { VectorLayer } from "./vector-layer.js";

/**
 * @param {HTMLElement} element
 * @returns {MapView}
 */
export function createMap(element) {
  element.ttMap ??= new MapView(element);
  return element.ttMap;
}

export class MapView {
  /** @type {import("leaflet").Map} */
  leaflet;
  /** @type {Notices} */
  notices;
  /** @type {VectorLayer} */
  base;
  /** @type {VectorLayer} */
  data;
  /** @type {Marks} */
  marks;
  /** @type {import("leaflet").LayerGroup} */
  evidence;
  /** @type {Chooser} */
  chooser;
  /** @type {SidePanel} */
  side;
  /** @type {Measure} */
  measure;
  /** @type {() => void} */
  locate;
  /** @type {ReturnType<typeof toolbar>} */
  tools;
  /** @type {HTMLElement} */
  words;
  /** @type {((place: { lat: number, lon: number }) => void) | null} */
  picking = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {import("./types.js").MapConfig} */
    this.config = readJson(`${element.id}-config`);
    /** @type {Emitter<import("./types.js").MapEvents>} */
    this.events = new Emitter();
    /** @type {import("./types.js").MapState} */
    this.remembered = this.config.keepAddress ? readState(window.location.search) : {};
    this.shown = new ShownLayers(this.config, this.remembered.layers, this.remembered.faint);
    this.#buildMap();
    this.#buildParts();
    this.#firstView();
    this.#listen();
    this.#firstSelection();
    this.idle().then(() => element.setAttribute("data-ready", ""));
    element.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: this }));
  }

  get map() {
    return this.leaflet;
  }

  // Pages' interface.

  // "identify" (place and cards), "select" (card or null), "moveend", "filter"; gives back its own undoing.
  /**
   * @template {keyof import("./types.js").MapEvents} Name
   * @param {Name} name
   * @param {(detail: import("./types.js").MapEvents[Name]) => void} listener
   */
  on(name, listener) {
    return this.events.on(name, listener);
  }

  // Select a feature by layer and id: it is fetched as this person sees it, shown and told.
  /**
   * @param {string} layer
   * @param {string} id
   * @param {{ fly?: boolean, panel?: boolean }} [options]
   */
  select(layer, id, options) {
    return this.chooser.select(layer, id, options);
  }

  clearSelection() {
    this.chooser.clear();
  }

  get selected() {
    return this.chooser.selected;
  }

  // Draw what a rule measured over the map; an empty value takes it away.
  /**
   * @param {any} geojson
   * @param {{ fit?: boolean, tone?: string }} [options]
   */
  showEvidence(geojson, { fit = true, ...options } = {}) {
    this.evidence.clearLayers();
    this.#pointAt(layersOf(geojson));
    if (!geojson) return null;
    const layer = evidenceLayer(geojson, options).addTo(this.evidence);
    const bounds = layer.getBounds();
    if (fit && bounds.isValid()) this.leaflet.fitBounds(bounds.pad(0.25), { maxZoom: 18 });
    return layer;
  }

  // West, south, east, north in degrees.
  /**
   * @param {import("./types.js").Box} box
   * @param {import("leaflet").FitBoundsOptions} [options]
   */
  fit([west, south, east, north], options = {}) {
    this.leaflet.fitBounds([[south, west], [north, east]], { maxZoom: 17, ...options });
  }

  // The next click (or Enter at the middle) gives {lat, lon} to the callback; returns how to stop.
  /** @param {(place: { lat: number, lon: number }) => void} callback */
  pick(callback) {
    this.picking = callback;
    this.element.classList.add("is-picking");
    this.say(_("Click on the map to choose the position."));
    return () => this.#stopPicking();
  }

  // Narrow a layer: params → value or list of values; an empty value frees it.
  setFilter(layer, params) {
    const now = this.shown.filter(layer, params);
    this.refresh();
    this.events.emit("filter", { layer, params: now });
  }

  setLayer(key, isOn) {
    this.shown.set(key, isOn);
    this.refresh();
    this.keepAddress();
    this.events.emit("layers", this.shown.keys);
  }

  // Ask the server again: after something was saved.
  refresh() {
    this.notices.clear();
    this.data.setUrl(this.shown.tileUrl());
    if (this.shown.own.length === 0) this.data.layer.remove();
    else this.data.layer.addTo(this.leaflet);
    this.base.repaint();
    this.marks.soon();
  }

  // Whether constraints that are off show through.
  setFaint(isFaint) {
    this.shown.showsFaint = isFaint;
    this.base.repaint();
    this.keepAddress();
  }

  say(words) {
    this.words.textContent = words;
    this.words.hidden = !words;
    clearTimeout(this.wordsTimer);
    this.wordsTimer = setTimeout(() => (this.words.hidden = true), 6000);
  }

  isOn = (key) => this.shown.isOn(key);

  // On, or showing through.
  isSeen(key) {
    return this.isOn(key) || (this.#isFaint(key) && this.shown.showsFaint && this.leaflet.getZoom() >= FAINT_FROM);
  }

  // Whether nothing in the address asks for another place, other layers or a selection.
  get isAsOpened() {
    return Object.keys(this.remembered).length === 0;
  }

  // What the list beside the map asks for.
  listQuery() {
    return new URLSearchParams([
      ["bbox", this.bounds().map((side) => side.toFixed(6)).join(",")],
      ["layers", this.shown.keys.join(",")],
      ...this.shown.filterPairs(),
    ]);
  }

  // What the buttons do.

  home() {
    this.#fitAll({});
  }

  toggleLayers() {
    if (this.side.content === "layers") return this.side.close();
    const panel = layerPanel(this.config, {
      isOn: this.isOn,
      toggle: (key, on) => this.setLayer(key, on),
      isFaint: this.shown.showsFaint,
      setFaint: (isFaint) => this.setFaint(isFaint),
    });
    this.side.open("layers", layersTitle(), panel);
    return this.tools.press("layers", true);
  }

  toggleMeasure() {
    if (this.measure.isOn) return this.measure.stop();
    this.measure.start();
    return this.tools.press("measure", true);
  }

  async toggleFullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.element.requestFullscreen) await this.element.requestFullscreen();
    else this.element.classList.toggle("is-full");
    this.leaflet.invalidateSize();
  }

  print() {
    return printMap(this);
  }

  handOut() {
    window.location.assign(`${this.config.urls.handout}?${this.listQuery()}`);
  }

  // Settles when nothing is loading and the last tile was drawn.
  async idle() {
    do {
      await new Promise((resolve) => setTimeout(resolve, 350));
    } while (this.notices.busy > 0);
  }

  // Building.

  #buildMap() {
    const canvas = h("div", { class: "tt-map-canvas", tabindex: 0, role: "application", "aria-label": _("Map: arrows move, + and - zoom, Enter tells what is in the middle") });
    this.element.append(canvas);
    this.leaflet = L.map(canvas, { zoomControl: false, attributionControl: true, minZoom: 5, maxZoom: 20, zoomSnap: 0.25, wheelPxPerZoomLevel: 90 });
    this.leaflet.attributionControl.setPrefix(false);
    this.fit(this.config.bounds, { animate: false });
    this.notices = new Notices(() => this.#reload());
    for (const [name, zIndex] of [["tt-base", "200"], ["tt-data", "350"], ["tt-marks", "390"], ["tt-evidence", "420"]]) {
      this.leaflet.createPane(name).style.zIndex = zIndex;
    }
    this.#baseLayers();
    this.data = new VectorLayer(this.leaflet, {
      url: this.shown.tileUrl(),
      layers: () => this.shown.own,
      isFaint: () => false,
      pane: "tt-data",
      events: this.notices.events,
      onDrawn: () => this.marks.soon(),
    });
    this.marks = new Marks(this.leaflet, {
      pane: "tt-marks",
      sources: () => [
        { grid: this.base, layers: this.shown.ground },
        { grid: this.data, layers: this.shown.own },
      ],
      isFaint: (key) => this.#isFaint(key),
      reserved: ".tt-map-label, .tt-sea-name",
    });
    this.base.layer.addTo(this.leaflet);
    if (this.shown.own.length) this.data.layer.addTo(this.leaflet);
    this.evidence = L.layerGroup().addTo(this.leaflet);
    this.chooser = new Chooser(this);
  }

  #baseLayers() {
    const keys = this.config.layers.filter((layer) => layer.isBase || layer.isFaint).map((layer) => layer.key);
    this.base = new VectorLayer(this.leaflet, {
      url: `${this.config.urls.tile.replace("{layers}", keys.join(","))}?v=${this.config.baseVersion}`,
      layers: () => this.shown.ground,
      isFaint: (key) => this.#isFaint(key),
      pane: "tt-base",
      background: this.config.online ? undefined : this.config.land,
      attribution: _("Base map: the department's own layers"),
      events: this.notices.events,
      onDrawn: () => this.marks.soon(),
    });
    if (this.config.online) {
      const { url, attribution } = this.config.online;
      L.tileLayer(url, { attribution: text(attribution), maxZoom: 20, pane: "tt-base" }).addTo(this.leaflet);
    }
  }

  #isFaint(key) {
    const layer = this.shown.named(key);
    return Boolean(layer?.isFaint) && !this.shown.isStrong(key);
  }

  // What a finding points to stands out among what only shows through.
  #pointAt(keys) {
    if (!keys.length && !this.shown.pointedAt.size) return;
    this.shown.pointedAt = new Set(keys);
    this.base.repaint();
  }

  #buildParts() {
    this.side = new SidePanel((kind) => this.#sideClosed(kind));
    this.measure = new Measure(this.leaflet, { onEnd: () => this.tools.press("measure", false) });
    this.locate = locate(this.leaflet, (words) => this.say(words));
    this.tools = toolbar(this);
    this.words = h("p", { class: "tt-map-words", role: "status", hidden: true });
    const search = searchBox(this.config, (hit) => this.#goTo(hit));
    const top = h("div", { class: "tt-map-top" }, search, this.notices.element, this.words, this.measure.element);
    const middle = h("span", { class: "tt-map-middle", "aria-hidden": "true" });
    this.element.append(this.notices.bar, top, this.tools.element, this.side.element, middle, statusBar(this.leaflet, this.config.meridians), seaInset(this.leaflet));
    for (const part of [top, this.tools.element, this.side.element]) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
    }
  }

  #listen() {
    const map = this.leaflet;
    map.on("zoomend", () => [this.base, this.data].forEach((layer) => layer.settle()));
    map.on("click", (event) => this.#clicked(event.latlng));
    map.on("moveend", () => {
      if (!this.isVisible) return;
      this.keepAddress();
      this.events.emit("moveend", this.bounds());
    });
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === map.getContainer()) this.#clicked(map.getCenter());
      if (event.key === "Escape") this.#escape();
    });
    new ResizeObserver(() => this.#resized()).observe(this.element);
    document.addEventListener("fullscreenchange", () =>
      this.tools.press("full", document.fullscreenElement === this.element),
    );
  }

  /** @returns {import("./types.js").Box} */
  bounds() {
    const box = this.leaflet.getBounds();
    return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
  }

  get isVisible() {
    return this.element.clientWidth > 0 && this.element.clientHeight > 0;
  }

  // A map that was hidden at first looks where it should once it has a size.
  #resized() {
    if (!this.isVisible) return;
    this.leaflet.invalidateSize({ debounceMoveend: true });
    const bar = need(".tt-map-bar", this.element);
    this.element.style.setProperty("--tt-bar", `${bar.offsetHeight}px`);
    if (!this.awaitsView) return;
    this.awaitsView = false;
    this.#firstView();
  }

  #escape() {
    if (this.measure.isOn) this.measure.stop();
    this.#stopPicking();
    this.side.close();
  }

  #firstView() {
    this.awaitsView = !this.isVisible;
    const { center, zoom } = this.remembered;
    if (center) this.leaflet.setView(center, zoom, { animate: false });
    else this.#fitAll({ animate: false });
  }

  // The whole area in what tools, search and legend leave free.
  /** @param {import("leaflet").FitBoundsOptions} options */
  #fitAll(options) {
    fitFree(this.leaflet, this.element, this.config.bounds, options);
  }

  #firstSelection() {
    const chosen = this.remembered.selected ?? this.config.selected;
    if (chosen) this.select(chosen.layer, chosen.id, { fly: !this.remembered.center });
  }

  keepAddress() {
    if (!this.config.keepAddress) return;
    const { lat, lng } = this.leaflet.getCenter();
    const state = { zoom: this.leaflet.getZoom(), center: [lat, lng], layers: this.shown.keys, faint: this.shown.showsFaint, selected: this.selected };
    window.history.replaceState(window.history.state, "", writeState(window.location.search, state));
  }

  #reload() {
    this.base.reload();
    this.refresh();
  }

  #clicked(latlng) {
    if (this.measure.isOn || this.config.editable) return null;
    if (!this.picking) return this.chooser.clicked(latlng);
    const callback = this.picking;
    this.#stopPicking();
    return callback({ lat: latlng.lat, lon: latlng.lng });
  }

  #goTo(hit) {
    this.fit(hit.bounds);
    this.select(hit.layer, hit.id, { fly: false });
  }

  #stopPicking() {
    this.picking = null;
    this.element.classList.remove("is-picking");
  }

  #sideClosed(kind) {
    if (kind === "layers") this.tools.press("layers", false);
    else this.clearSelection();
    this.leaflet.getContainer().focus({ preventScroll: true });
  }
}

function text(words) {
  const holder = document.createElement("span");
  holder.textContent = words;
  return holder.innerHTML;
}
