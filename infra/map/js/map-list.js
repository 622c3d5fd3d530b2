// The list beside the map: what lies in the view; choosing in one chooses in the other.
import { _, h } from "./dom.js";
import { signNamed, signPicture } from "./symbols.js";

const WAIT_MS = 250;

export function followMap(list, view) {
  let timer = 0;
  let turn = 0;
  const load = async () => {
    turn += 1;
    const mine = turn;
    try {
      const response = await fetch(`${list.dataset.url}?${view.listQuery()}`);
      if (!response.ok) throw new Error(String(response.status));
      const html = await response.text();
      if (mine !== turn) return;
      // The server wrote and escaped this fragment.
      list.innerHTML = html;
      dress(list, view);
    } catch {
      if (mine === turn) list.replaceChildren(failure(load));
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(load, WAIT_MS);
  };
  view.on("moveend", soon);
  view.on("filter", soon);
  view.on("layers", soon);
  view.on("select", () => mark(list, view.selected));
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[data-layer]");
    if (!line || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    view.select(line.dataset.layer, line.dataset.id);
  });
  // What the server listed stays while there is no map to follow, or the map shows just that.
  if (view.isVisible && !view.isAsOpened) load();
  else dress(list, view);
}

function dress(list, view) {
  for (const place of list.querySelectorAll("[data-sign]")) {
    const { layer } = place.closest("[data-layer]").dataset;
    place.replaceChildren(signPicture(signNamed(view.shown.named(layer).style, place.dataset.sign)));
  }
  mark(list, view.selected);
}

function mark(list, selected) {
  for (const line of list.querySelectorAll("[data-layer]")) {
    const isChosen = selected?.layer === line.dataset.layer && selected?.id === line.dataset.id;
    line.toggleAttribute("aria-current", isChosen);
  }
}

function failure(retry) {
  const button = h("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: retry }, _("Try again"));
  return h("p", { class: "tt-empty" }, _("The list could not be loaded."), " ", button);
}
