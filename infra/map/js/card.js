// What was clicked, in words: only text, never HTML out of data.
import { _, h } from "./dom.js";
import { signNamed, signPicture } from "./symbols.js";

// `styleOf` gives a layer's style by its key.
/**
 * @param {import("./types.js").Card[]} cards
 * @param {{
 *   styleOf: (key: string) => import("./types.js").Style | null | undefined,
 *   onChoose: (card: import("./types.js").Card) => void,
 * }} page
 */
export function cardList(cards, { styleOf, onChoose }) {
  if (!cards.length) return h("p", { class: "tt-empty" }, _("Nothing known at this place."));
  return h("div", { class: "tt-cards" }, cards.map((card) => cardElement(card, styleOf(card.layer), onChoose)));
}

/**
 * @param {import("./types.js").Card} card
 * @param {import("./types.js").Style | null | undefined} style
 * @param {(card: import("./types.js").Card) => void} onChoose
 */
function cardElement(card, style, onChoose) {
  const sign = card.kind === "point" && style ? signPicture(signNamed(style, card.sign)) : null;
  const facts = card.facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  return h(
    "article",
    { class: "tt-card" },
    h("p", { class: "tt-card-kind" }, card.subtitle || card.layerTitle),
    h("h3", {}, sign, h("span", {}, card.title)),
    h("dl", {}, ...facts),
    h(
      "p",
      { class: "tt-card-actions" },
      card.url ? h("a", { class: "btn btn-sm btn-primary", href: card.url }, _("Open")) : null,
      card.geometry
        ? h("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => onChoose(card) }, _("Show on the map"))
        : null,
    ),
  );
}
