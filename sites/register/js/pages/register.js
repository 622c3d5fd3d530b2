// The register: the list narrows the map, choosing in one chooses in the other.
import "../../css/register.css";
import { createMap } from "../../../../infra/map/js/map.js";
import { all, press } from "../../../../infra/web/js/find.js";

const LAYER = "masts";

/** @type {HTMLElement | null} */
const element = document.querySelector("[data-map]");
const view = element ? createMap(element) : null;

function rows() {
  return [...all("#register li[data-id]")];
}

function mark(id, { scroll = false } = {}) {
  for (const row of rows()) {
    const isChosen = row.dataset.id === id;
    row.classList.toggle("is-selected", isChosen);
    if (isChosen && scroll) row.scrollIntoView({ block: "nearest" });
  }
}

function takeState() {
  const state = document.getElementById("register-state");
  if (!state || !view) return;
  const { filters, extent } = JSON.parse(state.textContent);
  const empty = { grade: [], class: [], structure: [], status: [], owner: [] };
  view.setFilter(LAYER, { ...empty, ...filters });
  if (extent) view.fit(extent);
}

function showOnMap(id) {
  press('[data-map-work] [data-show="map"]');
  view?.select(LAYER, id, { panel: true });
  mark(id);
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const row = target.closest("[data-show-on-map]")?.closest("li");
  if (row) showOnMap(row.dataset.id);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "register") takeState();
});

if (view) {
  view.on("select", (card) => mark(card?.id, { scroll: true }));
  view.on("identify", ({ cards }) => {
    const masts = cards.filter((card) => card.name === LAYER);
    if (masts.length === 1) mark(masts[0].id, { scroll: true });
  });
}
