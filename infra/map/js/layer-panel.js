// The list of layers with their legend: what is on, in which sign.
import { _, h } from "./dom.js";
import { signPicture } from "./symbols.js";

/** @import { Layer, DrawnLayer as Styled } from "./types.js" */

/**
 * @param {import("./types.js").MapConfig} config
 * @param {{ isOn: (key: string) => boolean, toggle: (key: string, on: boolean) => void, isFaint: boolean, setFaint: (isFaint: boolean) => void }} acts
 */
export function layerPanel(config, { isOn, toggle, isFaint, setFaint }) {
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
        layers.some((layer) => layer.isFaint) ? faintLine(isFaint, setFaint) : null,
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
  return Boolean(layer.style?.signs.length);
}

// Constraints are never out of sight unless a person wants it so.
function faintLine(isFaint, setFaint) {
  const box = h("input", { type: "checkbox", checked: isFaint });
  box.addEventListener("change", () => setFaint(box.checked));
  return h("label", { class: "tt-layer tt-layer-faint" }, box, h("span", {}, _("Let those that are off show through softly")));
}

/** @param {Styled} layer */
function layerLine(layer, isOn, toggle) {
  const isSingle = layer.style.signs.length === 1;
  const sign = isSingle ? signPicture(layer.style.signs[0]) : null;
  const head = layer.isBase
    ? h("div", { class: "tt-layer" }, sign, h("span", {}, layer.title))
    : h("label", { class: "tt-layer" }, switchOf(layer, isOn, toggle), sign, h("span", {}, layer.title));
  return h("div", {}, head, isSingle ? null : legendLines(layer));
}

// The ground is always there; all else goes on and off.
function switchOf(layer, isOn, toggle) {
  const box = h("input", { type: "checkbox", checked: isOn(layer.key), value: layer.key });
  box.addEventListener("change", () => toggle(layer.key, box.checked));
  return box;
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

// The legend as it goes on paper: what is on or shows through; the ground explains itself.
/**
 * @param {import("./types.js").MapConfig} config
 * @param {(key: string) => boolean} isSeen
 */
export function printLegend(config, isSeen) {
  const shown = config.layers.filter(hasLine).filter((layer) => !layer.isBase && isSeen(layer.key));
  return h(
    "ul",
    { class: "tt-legend tt-print-legend" },
    shown.flatMap((layer) => layer.style.signs.map((sign) => legendLine(layer, sign))),
  );
}

export const layersTitle = () => _("Layers and legend");
