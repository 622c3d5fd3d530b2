// The one map component. createMap(element) reads the configuration that infra/map/map.html wrote
// beside the element and gives the object that pages talk to.
import { LAND, baseLabels, basePaint } from "./base-style.js";
import { cardList } from "./card.js";
import { dataLabels, dataPaint, drawnLayers } from "./data-style.js";
import { _, fetchJson, fillIn, h } from "./dom.js";
import { Emitter } from "./emitter.js";
import { evidenceLayer, selectionLayer } from "./evidence.js";
import { layerPanel, layersTitle } from "./layer-panel.js";
import { locate } from "./locate.js";
import { Measure } from "./measure.js";
import { Notices } from "./notices.js";
import { readState, writeState } from "./permalink.js";
import { printMap } from "./print.js";
import { seaInset } from "./sea-inset.js";
import { searchBox } from "./search-box.js";
import { SidePanel } from "./side-panel.js";
import { statusBar } from "./status-bar.js";
import { toolbar } from "./toolbar.js";
import { VectorLayer } from "./vector-layer.js";

const CLUSTER_PIXELS = 22;

export function createMap(element) {
  element.ttMap ??= new MapView(element);
  return element.ttMap;
}

class MapView {
  constructor(element) {
    this.element = element;
    this.config = JSON.parse(document.getElementById(`${element.id}-config`).textContent);
    this.events = new Emitter();
    this.filters = structuredClone(this.config.filters);
    this.remembered = this.config.keepAddress ? readState(window.location.search) : {};
    this.on_ = new Set(this.#layersAtFirst());
    this.#buildMap();
    this.#buildParts();
    this.#listen();
    this.#firstSelection();
    this.idle().then(() => element.setAttribute("data-ready", ""));
    element.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: this }));
  }

  get map() {
    return this.leaflet;
  }

  // Pages' interface.

  // "identify" (cards), "select" (card or null), "moveend", "filter"; gives back its own undoing.
  on(name, listener) {
    return this.events.on(name, listener);
  }

  // Select a feature by layer and id: it is fetched as this person sees it, shown and told.
  async select(layer, id, { fly = true, panel = true } = {}) {
    const url = this.config.urls.feature.replace("{layer}", layer).replace("{id}", id);
    try {
      const card = await fetchJson(url);
      this.#choose(card, { fly, panel });
      return card;
    } catch {
      this.say(_("This feature is not there, or not for you to see."));
      return null;
    }
  }

  clearSelection() {
    this.selected = null;
    this.selection.clearLayers();
    this.#keepAddress();
    this.events.emit("select", null);
  }

  // Draw what a rule measured over the map; an empty value takes it away.
  showEvidence(geojson, { fit = true, ...options } = {}) {
    this.evidence.clearLayers();
    if (!geojson) return null;
    const layer = evidenceLayer(geojson, options).addTo(this.evidence);
    const bounds = layer.getBounds();
    if (fit && bounds.isValid()) this.leaflet.fitBounds(bounds.pad(0.25), { maxZoom: 18 });
    return layer;
  }

  // West, south, east, north in degrees.
  fit([west, south, east, north], options = {}) {
    this.leaflet.fitBounds([[south, west], [north, east]], { maxZoom: 17, ...options });
  }

  // The next click (or Enter at the middle) gives {lat, lon} to the callback; returns how to stop.
  pick(callback) {
    this.picking = callback;
    this.element.classList.add("is-picking");
    this.say(_("Click on the map to choose the position."));
    return () => this.#stopPicking();
  }

  // Narrow a layer: params → value or list of values; an empty value frees it.
  setFilter(layer, params) {
    const named = this.filters[layer] ?? {};
    this.filters[layer] = Object.fromEntries(
      Object.entries({ ...named, ...params }).filter(([, value]) => value?.length),
    );
    this.refresh();
    this.events.emit("filter", { layer, params: this.filters[layer] });
  }

  setLayer(key, isOn) {
    for (const layer of this.config.layers) {
      if (layer.key !== key && layer.name !== key) continue;
      this.on_[isOn ? "add" : "delete"](layer.key);
    }
    this.refresh();
    this.#keepAddress();
    this.events.emit("layers", this.#dataKeys());
  }

  // Ask the server again: after something was saved.
  refresh() {
    this.notices.clear();
    this.data.setUrl(this.#dataUrl());
    this.data.setRules(dataPaint(this.#dataKeys()), dataLabels(this.#dataKeys()));
    this.data.redraw({ fresh: true });
    if (this.#dataKeys().length === 0) this.data.layer.remove();
    else this.data.layer.addTo(this.leaflet);
  }

  say(words) {
    this.words.textContent = words;
    this.words.hidden = !words;
    clearTimeout(this.wordsTimer);
    this.wordsTimer = setTimeout(() => (this.words.hidden = true), 6000);
  }

  isOn = (key) => this.on_.has(key);

  // What the list beside the map asks for.
  listQuery() {
    return new URLSearchParams([
      ["bbox", this.bounds().map((side) => side.toFixed(6)).join(",")],
      ["layers", this.#dataKeys().join(",")],
      ...this.#filterPairs(),
    ]);
  }

  // What the buttons do.

  home() {
    this.fit(this.config.bounds);
  }

  toggleLayers() {
    if (this.side.content === "layers") return this.side.close();
    const panel = layerPanel(this.config, { isOn: this.isOn, toggle: (key, on) => this.setLayer(key, on) });
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
    const box = this.leaflet.getBounds();
    const params = new URLSearchParams({
      bbox: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((v) => v.toFixed(6)).join(","),
      layers: this.#dataKeys().join(","),
    });
    for (const [name, value] of this.#filterPairs()) params.append(name, value);
    window.location.assign(`${this.config.urls.handout}?${params}`);
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
    this.leaflet = L.map(canvas, { zoomControl: false, attributionControl: true, minZoom: 5, maxZoom: 20 });
    this.leaflet.attributionControl.setPrefix(false);
    this.#firstView();
    this.notices = new Notices(() => this.#reload());
    for (const [name, zIndex] of [["tt-base", 200], ["tt-data", 350], ["tt-evidence", 420]]) {
      this.leaflet.createPane(name).style.zIndex = zIndex;
    }
    this.#baseLayers();
    this.data = new VectorLayer({
      url: this.#dataUrl(),
      paint: dataPaint(this.#dataKeys()),
      labels: dataLabels(this.#dataKeys()),
      pane: "tt-data",
      events: this.notices.events,
    });
    if (this.#dataKeys().length) this.data.layer.addTo(this.leaflet);
    this.evidence = L.layerGroup().addTo(this.leaflet);
    this.selection = L.layerGroup().addTo(this.leaflet);
  }

  #baseLayers() {
    const keys = this.config.layers.filter((layer) => layer.isBase).map((layer) => layer.key);
    this.base = new VectorLayer({
      url: `${this.config.urls.tile.replace("{layers}", keys.join(","))}?v=${this.config.baseVersion}`,
      paint: basePaint(),
      labels: baseLabels(),
      pane: "tt-base",
      background: this.config.online ? undefined : LAND,
      attribution: _("Base map: the department's own layers"),
      events: this.notices.events,
    });
    if (this.config.online) {
      const { url, attribution } = this.config.online;
      L.tileLayer(url, { attribution: text(attribution), maxZoom: 20, pane: "tt-base" }).addTo(this.leaflet);
    }
    this.base.layer.addTo(this.leaflet);
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
    this.element.append(this.notices.bar, top, this.tools.element, this.side.element, middle, statusBar(this.leaflet), seaInset(this.leaflet));
    for (const part of [top, this.tools.element, this.side.element]) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
    }
  }

  #listen() {
    const map = this.leaflet;
    map.on("click", (event) => this.#clicked(event.latlng));
    map.on("moveend", () => {
      if (!this.isVisible) return;
      this.#keepAddress();
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
    const bar = this.element.querySelector(".tt-map-bar");
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
    else this.fit(this.config.bounds, { animate: false });
  }

  #layersAtFirst() {
    const wanted = this.remembered.layers;
    const isOn = (layer) => (wanted ? wanted.includes(layer.key) || wanted.includes(layer.name) : layer.isOn);
    return this.config.layers.filter((layer) => layer.isBase || isOn(layer)).map((layer) => layer.key);
  }

  #firstSelection() {
    const chosen = this.remembered.selected ?? this.config.selected;
    if (chosen) this.select(chosen.layer, chosen.id, { fly: !this.remembered.center });
  }

  // Addresses.

  #dataKeys() {
    return drawnLayers.filter((key) => this.on_.has(key));
  }

  #dataUrl() {
    const query = new URLSearchParams(this.#filterPairs()).toString();
    const address = this.config.urls.tile.replace("{layers}", this.#dataKeys().join(",") || "none");
    return query ? `${address}?${query}` : address;
  }

  #filterPairs() {
    return Object.entries(this.filters).flatMap(([layer, params]) =>
      this.#isShown(layer)
        ? Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
        : [],
    );
  }

  #isShown(name) {
    return this.config.layers.some((layer) => (layer.name === name || layer.key === name) && this.on_.has(layer.key));
  }

  #keepAddress() {
    if (!this.config.keepAddress) return;
    const { lat, lng } = this.leaflet.getCenter();
    const state = { zoom: this.leaflet.getZoom(), center: [lat, lng], layers: this.#dataKeys(), selected: this.selected };
    window.history.replaceState(window.history.state, "", writeState(window.location.search, state));
  }

  #reload() {
    this.base.redraw({ fresh: true });
    this.refresh();
  }

  // Clicks.

  #clicked(latlng) {
    if (this.measure.isOn || this.config.editable) return null;
    if (this.picking) {
      const callback = this.picking;
      this.#stopPicking();
      return callback({ lat: latlng.lat, lon: latlng.lng });
    }
    if (this.#openedCluster(latlng)) return null;
    return this.#identify(latlng);
  }

  // A cluster has nothing to tell yet: come closer.
  #openedCluster(latlng) {
    const near = this.data.near(latlng, CLUSTER_PIXELS);
    if (!near.some(({ feature }) => feature.props.n > 1)) return false;
    this.leaflet.setView(latlng, Math.min(this.leaflet.getZoom() + 2, 20));
    return true;
  }

  async #identify(latlng) {
    const keys = this.config.layers.filter((layer) => layer.canIdentify && this.#isAsked(layer)).map((layer) => layer.key);
    const query = new URLSearchParams([
      ["lat", latlng.lat], ["lon", latlng.lng], ["zoom", this.leaflet.getZoom()], ["layers", keys.join(",")],
      ...this.#filterPairs(),
    ]);
    try {
      const { cards } = await fetchJson(`${this.config.urls.identify}?${query}`);
      this.events.emit("identify", { latlng, cards });
      this.#tell(cards);
    } catch (error) {
      this.say(fillIn(_("The map could not be asked what is here (%(why)s). Try again."), { why: error.message }));
    }
  }

  #isAsked(layer) {
    if (layer.isBase) return layer.key === "units" || layer.key === "roads" || layer.key === "water";
    return this.on_.has(layer.key);
  }

  #tell(cards) {
    if (this.element.dataset.panel === "none") return;
    const own = cards.filter((card) => !["units", "roads", "water"].includes(card.layer));
    const title = own.length ? own[0].title : _("At this place");
    if (own.length) this.#choose(own[0], { fly: false, panel: false });
    else this.clearSelection();
    this.side.open("cards", title, cardList(cards, (card) => this.#choose(card, { panel: false })));
  }

  #choose(card, { fly = true, panel = true } = {}) {
    this.selected = { layer: card.name, id: card.id };
    this.selection.clearLayers();
    if (card.geometry) {
      const layer = selectionLayer(card.geometry).addTo(this.selection);
      if (fly) this.leaflet.fitBounds(layer.getBounds().pad(0.3), { maxZoom: 17 });
    }
    if (panel && this.element.dataset.panel !== "none") {
      this.side.open("cards", card.title, cardList([card], () => this.#choose(card)), { focus: false });
    }
    this.#keepAddress();
    this.events.emit("select", card);
  }

  #goTo(hit) {
    const [west, south, east, north] = hit.bounds;
    this.fit([west, south, east, north]);
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
