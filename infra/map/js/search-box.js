// Place search: a combobox over what the server finds for this person.
import { _, fetchJson, h } from "./dom.js";
import { icon } from "./icons.js";

const WAIT_MS = 220;

/**
 * @param {import("./types.js").MapConfig} config
 * @param {(hit: import("./types.js").Hit) => void} onChoose
 */
export function searchBox(config, onChoose) {
  const list = h("ul", { class: "tt-search-hits", role: "listbox", id: `${config.id}-hits`, hidden: true });
  const input = h("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    placeholder: _("Find a place, street, mast…"),
    "aria-label": _("Find a place"),
    "aria-expanded": "false",
    "aria-controls": `${config.id}-hits`,
  });
  const element = h("div", { class: "tt-search", role: "search" }, icon("search"), input, list);
  /** @type {{ hits: import("./types.js").Hit[], at: number, timer: number, asked: number }} */
  const state = { hits: [], at: -1, timer: 0, asked: 0 };

  const close = () => show(list, input, false);
  const choose = (hit) => {
    input.value = hit.title;
    close();
    onChoose(hit);
  };
  const render = (message) => {
    list.replaceChildren(
      ...state.hits.map((hit, i) => option(config, hit, i, state.at, choose)),
      ...(message ? [h("li", { class: "tt-search-none", role: "option", "aria-disabled": "true" }, message)] : []),
    );
    input.setAttribute("aria-activedescendant", state.at < 0 ? "" : `${config.id}-hit-${state.at}`);
    show(list, input, true);
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < 2) return close();
    state.asked += 1;
    const turn = state.asked;
    try {
      const { hits, instead } = await fetchJson(`${config.urls.search}?q=${encodeURIComponent(words)}`);
      if (turn !== state.asked) return;
      Object.assign(state, { hits, at: hits.length ? 0 : -1 });
      const other = instead ? _("Nothing by that name; shown for “%s”.").replace("%s", instead) : "";
      render(hits.length ? other : _("No place of that name."));
    } catch {
      state.hits = [];
      render(_("The search did not answer. Try again."));
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") return close();
    if (event.key === "Enter") {
      event.preventDefault();
      return state.hits[state.at] && !list.hidden ? choose(state.hits[state.at]) : ask();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !state.hits.length) return;
    event.preventDefault();
    state.at = (state.at + step + state.hits.length) % state.hits.length;
    render("");
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  });
  return element;
}

function option(config, hit, i, at, choose) {
  const item = h(
    "li",
    { role: "option", id: `${config.id}-hit-${i}`, tabindex: -1, "aria-selected": String(i === at) },
    h("strong", {}, hit.title),
    h("span", {}, hit.subtitle),
  );
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => choose(hit));
  return item;
}

function show(list, input, isOpen) {
  list.hidden = !isOpen;
  input.setAttribute("aria-expanded", String(isOpen));
}
