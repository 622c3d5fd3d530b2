// The register: the list narrows the map, choosing in one chooses in the other, and the address
// keeps filters, view and choice, so that what is seen can be sent on.
import { _, h } from "../../../../infra/map/js/dom.js";
import { all, need, press, readJson } from "../../../../infra/web/js/find.js";
import { setUpFilters } from "./filters.js";

const LAYER = "masts";
const FREE = { grade: [], class: [], structure: [], status: [], owner: [] };

/** @param {import("../../../../infra/map/js/map.js").MapView} view */
export function setUpRegister(form, view) {
  const filters = setUpFilters(form);
  const chosen = need("[data-chosen]");
  const showMap = () => press('[data-map-work] [data-show="map"]');

  const takeState = () => {
    const { filters: narrowed, extent } = readJson("register-state");
    view.setFilter(LAYER, { ...FREE, ...narrowed });
    if (extent) view.fit(extent);
    mark(view.selected?.id);
  };

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("[data-show-on-map]")?.closest("li") ?? null);
    if (!row || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    showMap();
    view.select(LAYER, row.dataset.id ?? "", { panel: false });
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "register") return;
    takeState();
    filters.follow();
    // A filter that was taken away took the focus with it.
    if (document.activeElement === document.body) need(".register-count").focus({ preventScroll: true });
  });
  view.on("select", (card) => {
    mark(card?.id, { scroll: true });
    tell(chosen, card, () => view.clearSelection());
  });
  view.on("identify", ({ cards }) => {
    const [mast] = cards.filter((card) => card.name === LAYER);
    if (mast) view.select(LAYER, mast.id, { fly: false, panel: false });
    else view.clearSelection();
  });
  if (window.location.hash === "#map") showMap();
}

function mark(id, { scroll = false } = {}) {
  for (const row of all("#register li[data-id]")) {
    const isChosen = row.dataset.id === id;
    row.classList.toggle("is-selected", isChosen);
    row.toggleAttribute("aria-current", isChosen);
    if (isChosen && scroll) row.scrollIntoView({ block: "nearest" });
  }
}

// What is chosen on the map may stand on another page of the list: it is named above it.
function tell(place, card, forget) {
  place.hidden = !card;
  if (!card) return place.replaceChildren();
  const name = [h("strong", {}, card.title), card.subtitle ? ` ${card.subtitle}` : null];
  const link = card.url ? h("a", { href: card.url }, ...name) : h("span", {}, ...name);
  const button = h("button", { type: "button", class: "register-forget", onclick: forget, "aria-label": _("Choose nothing") }, "✕");
  return place.replaceChildren(h("span", { class: "hint" }, _("On the map:")), link, button);
}
