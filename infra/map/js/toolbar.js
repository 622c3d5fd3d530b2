// The buttons at the right of the map.
import { _, h } from "./dom.js";
import { icon } from "./icons.js";

export function toolbar(view) {
  const groups = [
    [
      ["plus", _("Zoom in"), () => view.map.zoomIn()],
      ["minus", _("Zoom out"), () => view.map.zoomOut()],
      ["home", _("Whole area"), () => view.home()],
    ],
    [
      ["layers", _("Layers and legend"), () => view.toggleLayers(), "layers"],
      ["ruler", _("Measure"), () => view.toggleMeasure(), "measure"],
      ["locate", _("Where am I"), () => view.locate()],
    ],
    [
      ["full", _("Full screen"), () => view.toggleFullScreen(), "full"],
      ["print", _("Print"), () => view.print()],
      ...(view.config.urls.handout ? [["send", _("Map to hand on"), () => view.handOut()]] : []),
    ],
  ];
  const buttons = {};
  const element = h(
    "div",
    { class: "tt-map-tools" },
    groups.map((group) =>
      h(
        "div",
        { class: "tt-tool-group" },
        group.map(([name, words, act, key]) => {
          const button = h("button", { type: "button", title: words, "aria-label": words, onclick: act }, icon(name));
          if (key) {
            buttons[key] = button;
            button.setAttribute("aria-pressed", "false");
          }
          return button;
        }),
      ),
    ),
  );
  return { element, press: (key, isOn) => buttons[key].setAttribute("aria-pressed", String(isOn)) };
}
