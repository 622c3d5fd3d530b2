// What was clicked, in words: only text, never HTML out of data.
import { _, h } from "./dom.js";
import { signPicture } from "./symbols.js";

export function cardList(cards, onChoose) {
  if (!cards.length) return h("p", { class: "tt-empty" }, _("Nothing known at this place."));
  return h("div", { class: "tt-cards" }, cards.map((card) => cardElement(card, onChoose)));
}

function cardElement(card, onChoose) {
  const sign = card.kind === "point" && card.grade ? signPicture(`grade-${card.grade}`) : null;
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
