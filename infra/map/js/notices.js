// What the map has to say: loading, a failed tile with a retry, approximate or cut-off data.
import { _, h } from "./dom.js";

export class Notices {
  constructor(onRetry) {
    this.busy = 0;
    this.bar = h("div", { class: "tt-map-loading", hidden: true }, h("span"));
    this.approximate = chip(_("Approximate boundaries"), "is-note");
    this.capped = chip(_("Too many features to show all: zoom in."), "is-warning");
    this.retry = h("button", { type: "button", class: "tt-map-retry" }, _("Try again"));
    this.failure = chip(_("Part of the map could not be loaded."), "is-error", this.retry);
    this.retry.addEventListener("click", () => {
      this.failure.hidden = true;
      onRetry();
    });
    this.element = h(
      "div",
      { class: "tt-map-notices", role: "status", "aria-live": "polite" },
      this.failure, this.capped, this.approximate,
    );
  }

  get events() {
    return {
      onBusy: (step) => this.#count(step),
      onFailure: () => this.#show(this.failure),
      onNotice: (name) => this.#show(this[name]),
    };
  }

  clear() {
    this.approximate.hidden = true;
    this.capped.hidden = true;
  }

  #count(step) {
    this.busy = Math.max(0, this.busy + step);
    this.bar.hidden = this.busy === 0;
    this.element.closest(".tt-map")?.toggleAttribute("data-busy", this.busy > 0);
  }

  #show(element) {
    element.hidden = false;
  }
}

function chip(words, kind, ...more) {
  return h("p", { class: `tt-map-chip ${kind}`, hidden: true }, words, ...more);
}
