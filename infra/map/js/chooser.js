// What lies under a click, and the one feature that is chosen.
import { cardList } from "./card.js";
import { _, fetchJson, fillIn, whyOf } from "./dom.js";
import { selectionLayer } from "./evidence.js";

const CLUSTER_PIXELS = 22;

export class Chooser {
  /** @type {import("./types.js").Chosen | null} */
  selected = null;

  /** @param {import("./map.js").MapView} view */
  constructor(view) {
    this.view = view;
    this.drawn = L.layerGroup().addTo(view.leaflet);
  }

  async select(layer, id, { fly = true, panel = true } = {}) {
    const url = this.view.config.urls.feature.replace("{layer}", layer).replace("{id}", id);
    try {
      const card = await fetchJson(url);
      this.#choose(card, { fly, panel });
      return card;
    } catch {
      this.view.say(_("This feature is not there, or not for you to see."));
      return null;
    }
  }

  clear() {
    this.selected = null;
    this.drawn.clearLayers();
    this.view.keepAddress();
    this.view.events.emit("select", null);
  }

  clicked(latlng) {
    return this.#openedCluster(latlng) ? null : this.#identify(latlng);
  }

  // A cluster has nothing to tell yet: come closer.
  #openedCluster(latlng) {
    const { marks, leaflet } = this.view;
    const near = marks.near(latlng, CLUSTER_PIXELS);
    if (!near.some(({ props }) => Number(props.n ?? 0) > 1)) return false;
    leaflet.setView(latlng, Math.min(Math.round(leaflet.getZoom()) + 2, 20));
    return true;
  }

  async #identify(latlng) {
    const { config, events, leaflet, shown } = this.view;
    const query = new URLSearchParams([
      ["lat", latlng.lat], ["lon", latlng.lng], ["zoom", leaflet.getZoom()], ["layers", shown.asked.join(",")],
      ...shown.filterPairs(),
    ]);
    try {
      const { cards } = await fetchJson(`${config.urls.identify}?${query}`);
      events.emit("identify", { latlng, cards });
      this.#tell(cards);
    } catch (error) {
      this.view.say(fillIn(_("The map could not be asked what is here (%(why)s). Try again."), { why: whyOf(error) }));
    }
  }

  /** @param {import("./types.js").Card[]} cards */
  #tell(cards) {
    if (this.#isTold) return;
    const own = cards.filter((card) => !this.view.shown.isGround(card.layer));
    const title = own.length ? own[0].title : _("At this place");
    if (own.length) this.#choose(own[0], { fly: false, panel: false });
    else this.clear();
    this.view.side.open("cards", title, this.#list(cards, (card) => this.#choose(card, { panel: false })));
  }

  /** @param {import("./types.js").Card} card */
  #choose(card, { fly = true, panel = true } = {}) {
    this.selected = { layer: card.name, id: card.id };
    this.drawn.clearLayers();
    if (card.geometry) {
      const layer = selectionLayer(card.geometry).addTo(this.drawn);
      if (fly) this.view.leaflet.fitBounds(layer.getBounds().pad(0.3), { maxZoom: 17 });
    }
    if (panel && !this.#isTold) {
      this.view.side.open("cards", card.title, this.#list([card], () => this.#choose(card)), { focus: false });
    }
    this.view.keepAddress();
    this.view.events.emit("select", card);
  }

  #list(cards, onChoose) {
    return cardList(cards, { styleOf: (key) => this.view.shown.named(key)?.style, onChoose });
  }

  // The page itself shows what was clicked.
  get #isTold() {
    return this.view.element.dataset.panel === "none";
  }
}
