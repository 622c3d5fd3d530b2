// The list of layers with their legend: what is on, in which sign.
import { _, h } from "./dom.js";
import { signPicture } from "./symbols.js";

export function layerPanel(config, { isOn, toggle }) {
  const groups = Object.entries(config.groups)
    .map(([key, title]) => [title, config.layers.filter((layer) => layer.group === key && hasLine(layer))])
    .filter(([, layers]) => layers.length);
  return h(
    "div",
    { class: "tt-layers" },
    groups.map(([title, layers]) =>
      h(
        "fieldset",
        { class: "tt-layer-group" },
        h("legend", {}, title),
        layers.map((layer) => layerLine(layer, isOn, toggle)),
      ),
    ),
  );
}

const hasLine = (layer) => layer.legend.length > 0;

function layerLine(layer, isOn, toggle) {
  const box = h("input", { type: "checkbox", checked: isOn(layer.key), value: layer.key });
  box.addEventListener("change", () => toggle(layer.key, box.checked));
  const isSingle = layer.legend.length === 1;
  const sign = isSingle ? signPicture(layer.legend[0].sign) : null;
  const head = h("label", { class: "tt-layer" }, box, sign, h("span", {}, layer.title));
  return h("div", {}, head, isSingle ? null : legendLines(layer));
}

export function legendLines(layer) {
  return h(
    "ul",
    { class: "tt-legend" },
    layer.legend.map((item) => h("li", {}, signPicture(item.sign), h("span", {}, item.label))),
  );
}

// The legend as it goes on paper: only what is on.
export function printLegend(config, isOn) {
  const shown = config.layers.filter((layer) => isOn(layer.key) && layer.legend.length);
  return h(
    "ul",
    { class: "tt-legend tt-print-legend" },
    shown.flatMap((layer) => layer.legend).map((item) =>
      h("li", {}, signPicture(item.sign), h("span", {}, item.label)),
    ),
  );
}

export const layersTitle = () => _("Layers and legend");
