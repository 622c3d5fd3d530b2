// The coordinate field: while somebody types it shows the place on the page's map, its unit, both
// systems, and what is doubtful with buttons that mend it. The pin on the map can be dragged, and
// each step taken back. Without this script the form still works.
// Tells "coordinate:change" {lat, lon, name} (null when unread), hears "coordinate:pick" {lat, lon}.
import { _, h, isAborted } from "../../map/js/dom.js";
import { press } from "../../web/js/find.js";

const PAUSE_MS = 300;

export function setUpCoordinates(root) {
  for (const element of root.querySelectorAll("[data-coordinate]")) {
    element.ttCoordinate ??= new CoordinateInput(element);
  }
}

class CoordinateInput {
  /** @type {import("leaflet").Marker | undefined} */
  marker;

  constructor(element) {
    this.element = element;
    this.text = element.querySelector("[data-coordinate-text]");
    this.system = element.querySelector("select");
    this.live = element.querySelector("[data-coordinate-live]");
    this.confirm = element.querySelector("[data-coordinate-confirm]");
    this.pickButton = element.querySelector("[data-coordinate-pick]");
    this.undoButton = element.querySelector("[data-coordinate-undo]");
    /** @type {{ text: string, choice: string }[]} */
    this.past = [];
    this.now = this.#written();
    element.classList.add("is-live");
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("change", () => this.#remember());
    this.system.addEventListener("change", () => {
      this.#remember();
      this.#changed();
    });
    this.unit?.addEventListener("change", () => this.#read());
    this.pickButton.addEventListener("click", () => this.#pickOnMap());
    this.undoButton.addEventListener("click", () => this.undo());
    document.addEventListener("coordinate:pick", (event) => this.#picked(event.detail));
    document.addEventListener("map:ready", () => this.#mapIsThere());
    if (document.querySelector("[data-map]")?.ttMap) this.#mapIsThere();
    if (this.text.value.trim()) this.#read();
  }

  get name() {
    return this.text.name.replace(/_0$/, "");
  }

  get unit() {
    const name = this.element.dataset.unitName;
    return name ? this.text.form?.elements[name] : null;
  }

  get map() {
    return document.querySelector("[data-map]")?.ttMap;
  }

  set(text, choice) {
    this.#write({ text, choice });
    this.#remember();
  }

  // Back to what stood here before the last step.
  undo() {
    const before = this.past.pop();
    if (!before) return;
    this.now = before;
    this.#write(before);
    this.undoButton.hidden = this.past.length === 0;
    if (this.undoButton.hidden) this.text.focus();
  }

  #written() {
    return { text: this.text.value, choice: this.system.value };
  }

  #write({ text, choice }) {
    this.text.value = text;
    this.system.value = choice;
    this.#changed(0);
  }

  // A step is what was typed and left, picked, dragged or mended.
  #remember() {
    const written = this.#written();
    if (written.text === this.now.text && written.choice === this.now.choice) return;
    this.past.push(this.now);
    this.now = written;
    this.undoButton.hidden = false;
  }

  #changed(pause = PAUSE_MS) {
    // A confirmation holds for one text only.
    const box = this.confirm.querySelector("input");
    box.checked = false;
    this.confirm.hidden = true;
    this.live.classList.add("is-stale");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#read(), pause);
  }

  async #read() {
    this.asking?.abort();
    if (!this.text.value.trim()) return this.#show(null);
    this.asking = new AbortController();
    const params = new URLSearchParams({ text: this.text.value, choice: this.system.value });
    if (/^\d+$/.test(this.unit?.value ?? "")) params.set("unit", this.unit.value);
    if (this.element.dataset.on) params.set("on", this.element.dataset.on);
    try {
      const response = await fetch(`${this.element.dataset.url}?${params}`, {
        signal: this.asking.signal,
        headers: { Accept: "application/json" },
      });
      return this.#show(await response.json());
    } catch (error) {
      if (isAborted(error)) return null;
      const sentence = _("The place cannot be checked just now; it will be checked when you save.");
      return this.#show({ ok: false, error: sentence });
    }
  }

  #show(reading) {
    this.live.classList.remove("is-stale");
    this.live.replaceChildren(...shown(reading, (mend) => this.set(mend.text, mend.choice)));
    const point = isLost(reading) ? null : reading?.point;
    this.#pin(point);
    const detail = point ? { ...point, name: this.name } : null;
    this.element.dispatchEvent(new CustomEvent("coordinate:change", { bubbles: true, detail }));
  }

  #pin(point) {
    const leaflet = this.map?.leaflet;
    if (!point || !leaflet) {
      this.marker?.remove();
      return;
    }
    const at = L.latLng(point.lat, point.lon);
    this.marker ??= this.#draggable(at);
    this.marker.setLatLng(at).addTo(leaflet);
    if (!leaflet.getBounds().contains(at)) leaflet.setView(at, 16);
  }

  // By keyboard the coordinates are typed; the pin is for pointer and finger.
  #draggable(at) {
    const icon = L.divIcon({ className: "coordinate-pin", iconSize: [44, 44] });
    const marker = L.marker(at, { icon, draggable: true, autoPan: true, keyboard: false, title: _("Drag to put it anew") });
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      this.#picked({ lat, lon: lng, name: this.name });
    });
    return marker;
  }

  #mapIsThere() {
    this.pickButton.hidden = false;
    if (this.text.value.trim()) this.#read();
  }

  #pickOnMap() {
    const shows = (what) => press(`[data-map-work] [data-show="${what}"]`);
    shows("map");
    this.map?.pick((place) => {
      shows("panel");
      this.#picked({ ...place, name: this.name });
      this.text.focus();
    });
  }

  // A pick without a name is for the first field of the page.
  #picked({ lat, lon, name }) {
    const first = document.querySelector("[data-coordinate]") === this.element;
    if (name ? name === this.name : first) this.set(`${lat.toFixed(6)}, ${lon.toFixed(6)}`, "wgs84");
  }
}

// With exchanged axes the numbers are of a place nobody meant.
const isLost = (reading) => reading?.doubts?.some((doubt) => doubt.code === "axes_swapped");

function shown(reading, mend) {
  if (!reading) return [];
  if (!reading.ok) return [h("p", { class: "coordinate-error" }, reading.error ?? reading.sentences?.join(" "))];
  if (isLost(reading)) return [doubtList(reading.doubts, mend)];
  return [doubtList(reading.doubts, mend), unitLine(reading.unit), readoutList(reading.readout)];
}

function unitLine(unit) {
  if (!unit) return h("p", { class: "coordinate-unit" }, _("Outside the known units"));
  const guess = h("span", { class: "coordinate-guess" }, ` ${_("(approximate boundary)")}`);
  return h("p", { class: "coordinate-unit" }, unit.name, unit.isApproximate ? guess : null);
}

function readoutList(lines) {
  return h("dl", { class: "coordinate-lines" }, lines.map((line) => [h("dt", {}, line.label), h("dd", {}, line.text)]).flat());
}

function doubtList(doubts, mend) {
  if (!doubts.length) return "";
  return h("ul", { class: "coordinate-doubts" }, doubts.map((doubt) => doubtItem(doubt, mend)));
}

function doubtItem(doubt, mend) {
  const buttons = doubt.mends.map((each) =>
    h("button", { type: "button", class: "btn btn-outline-primary btn-sm", onclick: () => mend(each) }, each.label),
  );
  return h("li", { class: doubt.isGrave ? "is-grave" : null }, h("p", {}, doubt.sentence), buttons);
}
