// The sheet beside the map's edge: layers, or what was clicked.
import { _, h } from "./dom.js";
import { icon } from "./icons.js";

export class SidePanel {
  constructor(onClose) {
    this.onClose = onClose;
    this.heading = h("h2", { tabindex: -1 });
    this.body = h("div", { class: "tt-side-body" });
    const close = h("button", { type: "button", class: "tt-side-close", "aria-label": _("Close"), onclick: () => this.close() }, icon("close"));
    this.element = h("section", { class: "tt-map-side", hidden: true, "aria-live": "polite" }, h("header", {}, this.heading, close), this.body);
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
  }

  get content() {
    return this.element.hidden ? null : this.kind;
  }

  open(kind, title, content, { focus = true } = {}) {
    this.kind = kind;
    this.heading.textContent = title;
    this.body.replaceChildren(content);
    this.element.hidden = false;
    if (focus) this.heading.focus({ preventScroll: true });
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.onClose(this.kind);
  }
}
