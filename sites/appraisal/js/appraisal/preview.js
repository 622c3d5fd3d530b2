// Asks the rules about what the form says so far, and draws their answer.
import { isAborted } from "../../../../infra/map/js/dom.js";
import { evidenceLayer } from "../../../../infra/map/js/evidence.js";
import { showFindings } from "./findings.js";

const PAUSE_MS = 350;

export class Preview {
  #waiting;
  #running;

  constructor(form, box, map) {
    this.form = form;
    this.box = box;
    this.map = map;
    this.scene = L.layerGroup().addTo(map.leaflet);
  }

  ask() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#run(), PAUSE_MS);
  }

  async #run() {
    this.#running?.abort();
    this.#running = new AbortController();
    this.box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.dataset.preview, {
        method: "POST",
        body: new FormData(this.form),
        signal: this.#running.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#show(await answer.text());
    } catch (error) {
      if (isAborted(error)) return;
      this.box.replaceChildren(gettext("The rules could not be asked. Check the connection; your draft is kept."));
    }
    this.box.removeAttribute("aria-busy");
  }

  #show(fragment) {
    this.box.innerHTML = fragment;
    this.scene.clearLayers();
    const scene = this.box.querySelector("#preview-scene");
    if (scene) evidenceLayer(JSON.parse(scene.textContent)).addTo(this.scene);
    showFindings(this.box, this.map);
  }
}
