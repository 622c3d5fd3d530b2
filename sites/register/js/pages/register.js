// The register: the list narrows the map, choosing in one chooses in the other.
import "../../css/register.css";
import { createMap } from "../../../../infra/map/js/map.js";

const LAYER = "masts";

const element = document.querySelector("[data-map]");
const view = element ? createMap(element) : null;

function rows() {
  return [...document.querySelectorAll("#register li[data-id]")];
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
  const work = document.querySelector("[data-map-work]");
  work?.querySelector('[data-show="map"]')?.click();
  view?.select(LAYER, id, { panel: true });
  mark(id);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show-on-map]");
  if (button) showOnMap(button.closest("li").dataset.id);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "register") takeState();
});

if (view) {
  view.on("select", (card) => mark(card?.id, { scroll: true }));
  view.on("identify", (cards) => {
    if (cards?.length === 1) mark(cards[0].id, { scroll: true });
  });
}
