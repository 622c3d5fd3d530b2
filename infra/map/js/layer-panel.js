// The list of layers with their legend: what is on, in which sign.
import { _, h } from "./dom.js";
import { signPicture } from "./symbols.js";

/** @import { Layer, DrawnLayer as Styled } from "./types.js" */

/**
 * @param {import("./types.js").MapConfig} config
 * @param {{ isOn: (key: string) => boolean, toggle: (key: string, on: boolean) => void }} acts
 */
export function layerPanel(config, { isOn, toggle }) {
  const groups = Object.entries(config.groups)
    .map(([key, title]) => /** @type {const} */ ([title, config.layers.filter(hasLine).filter((layer) => layer.group === key)]))
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

/**
 * @param {Layer} layer
 * @returns {layer is Styled}
 */
function hasLine(layer) {
  return Boolean(layer.style);
}

/** @param {Styled} layer */
function layerLine(layer, isOn, toggle) {
  const box = h("input", { type: "checkbox", checked: isOn(layer.key), value: layer.key });
  box.addEventListener("change", () => toggle(layer.key, box.checked));
  const isSingle = layer.style.signs.length === 1;
  const sign = isSingle ? signPicture(layer.style.signs[0]) : null;
  const head = h("label", { class: "tt-layer" }, box, sign, h("span", {}, layer.title));
  return h("div", {}, head, isSingle ? null : legendLines(layer));
}

/** @param {Styled} layer */
function legendLines(layer) {
  return h(
    "ul",
    { class: "tt-legend" },
    layer.style.signs.map((sign) => legendLine(layer, sign)),
  );
}

// A layer of one sign has its words in its title.
function legendLine(layer, sign) {
  return h("li", {}, signPicture(sign), h("span", {}, sign.label || layer.title));
}

// The legend as it goes on paper: only what is on.
/**
 * @param {import("./types.js").MapConfig} config
 * @param {(key: string) => boolean} isOn
 */
export function printLegend(config, isOn) {
  const shown = config.layers.filter(hasLine).filter((layer) => isOn(layer.key));
  return h(
    "ul",
    { class: "tt-legend tt-print-legend" },
    shown.flatMap((layer) => layer.style.signs.map((sign) => legendLine(layer, sign))),
  );
}

export const layersTitle = () => _("Layers and legend");
