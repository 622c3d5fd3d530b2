// The filter panel: counts follow what is chosen; on a phone it is a sheet over the list that
// narrows when told to; the form says what the address says, whoever changed it.
import { _, h } from "../../../../infra/map/js/dom.js";
import { all, need } from "../../../../infra/web/js/find.js";
import { setUpPickers } from "./picker.js";

const PHONE = "(max-width: 767px)";

export function setUpFilters(form) {
  const panel = need("[data-filters]", form);
  const body = need("[data-filters-body]", form);
  setUpPickers(form);
  form.classList.add("is-live");
  const sheet = setUpSheet(panel, body);
  form.addEventListener("change", (event) => {
    count(panel);
    if (event.target.id === "id_q" || sheet.isOpen) return;
    narrow(form);
  });
  form.addEventListener("htmx:configRequest", ({ detail }) => dropEmpty(detail.parameters));
  form.addEventListener("submit", () => sheet.close());
  need("[data-clear]", form).addEventListener("click", (event) => {
    event.preventDefault();
    say(form, new URLSearchParams());
    sheet.close();
    narrow(form);
  });
  count(panel);
  return { follow: () => say(form, new URLSearchParams(window.location.search)) };
}

const narrow = (form) => form.dispatchEvent(new Event("register:narrow"));

// An address holds what was asked for, nothing else.
function dropEmpty(parameters) {
  for (const name of Object.keys(parameters)) {
    if (parameters[name] === "" || (name === "sort" && parameters[name] === "name")) delete parameters[name];
  }
}

// Put the form's fields the way the address says.
function say(form, params) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const values = params.getAll(field.name);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (field.tagName === "SELECT") field.value = values[0] ?? field.options[0].value;
    else if (field !== document.activeElement) field.value = values[0] ?? "";
    field.ttPicker?.show();
  }
  count(need("[data-filters]", form));
}

function count(panel) {
  let sum = 0;
  for (const group of all("[data-filter-group]", panel)) {
    const n = chosenIn(group);
    sum += n;
    put(need("[data-count]", group), n);
  }
  put(need("[data-count]", panel), sum);
}

function chosenIn(group) {
  const boxes = group.querySelectorAll("input:checked").length;
  const options = [.../** @type {NodeListOf<HTMLOptionElement>} */ (all("option", group))].filter((option) => option.selected && option.value).length;
  return boxes + options;
}

function put(place, n) {
  place.textContent = String(n);
  place.hidden = n === 0;
}

// The body moves into a dialog while it is a sheet: focus stays inside and Escape closes it.
function setUpSheet(panel, body) {
  const summary = need("summary", panel);
  const close = h("button", { type: "button", class: "filters-close", "aria-label": _("Close") }, "✕");
  const title = h("h2", { id: "filters-title" }, need("span", summary).textContent);
  const head = h("div", { class: "filters-head" }, title, close);
  const sheet = h("dialog", { class: "filters-sheet", "aria-labelledby": "filters-title" }, head);
  panel.after(sheet);
  summary.addEventListener("click", (event) => {
    if (!window.matchMedia(PHONE).matches) return;
    event.preventDefault();
    sheet.append(body);
    sheet.showModal();
  });
  sheet.addEventListener("close", () => {
    panel.append(body);
    summary.focus();
  });
  close.addEventListener("click", () => sheet.close());
  return {
    get isOpen() {
      return sheet.open;
    },
    close: () => sheet.open && sheet.close(),
  };
}
