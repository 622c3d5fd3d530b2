// A list to choose several from becomes one to type in: accent-free, also by former names, by mouse,
// keyboard and screen reader. The select stays the truth: it is sent, and it tells "change".
import { _, fillIn, h } from "../../../../infra/map/js/dom.js";
import { all } from "../../../../infra/web/js/find.js";
import { holds, plain } from "./plain.js";

const MOST_SHOWN = 60;

export function setUpPickers(root) {
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (all("select[data-picker]", root))) {
    select.ttPicker ??= new Picker(select);
  }
}

class Picker {
  active = -1;
  /** @type {ReturnType<typeof entryOf>[]} */
  shown = [];

  /** @param {HTMLSelectElement} select */
  constructor(select) {
    this.select = select;
    this.entries = [...select.options].map((option) => entryOf(option));
    const name = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const id = `${select.id}-picker`;
    this.chosen = h("ul", { class: "picker-chosen" });
    this.input = h("input", {
      id, class: "form-control", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
      placeholder: select.dataset.placeholder,
    });
    this.list = h("ul", {
      id: `${id}-list`, class: "picker-list", role: "listbox", "aria-multiselectable": "true", hidden: true,
      "aria-label": name?.textContent?.trim() ?? "",
    });
    this.words = h("span", { class: "visually-hidden", role: "status" });
    name?.setAttribute("for", id);
    select.hidden = true;
    select.after(h("div", { class: "picker" }, this.chosen, this.input, this.list, this.words));
    this.#listen();
    this.show();
  }

  #listen() {
    this.input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.#open();
    });
    this.input.addEventListener("click", () => this.#open());
    this.input.addEventListener("blur", () => this.#close());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    // What is typed here is not a field of the form.
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      /** @type {HTMLElement | null} */
      const line = /** @type {Element} */ (event.target).closest("[role=option]");
      if (line) this.#toggle(this.shown[Number(line.dataset.place)]);
    });
    this.chosen.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (!button) return;
      this.#toggle(this.entries.find((entry) => entry.option.value === button.value));
      this.input.focus();
      this.#close();
    });
  }

  // What the select says now: after a choice, and when the page changed it.
  show() {
    const chips = this.entries.filter((entry) => entry.option.selected).map(({ option }) =>
      h("li", {}, h("button", { type: "button", class: "chip", value: option.value },
        option.text, h("span", { "aria-hidden": "true" }, "✕"),
        h("span", { class: "visually-hidden" }, _("take away")))),
    );
    this.chosen.replaceChildren(...chips);
    this.chosen.hidden = chips.length === 0;
  }

  #open() {
    const wanted = plain(this.input.value);
    const found = this.entries.filter((entry) => holds(entry.text, wanted));
    this.shown = found.slice(0, wanted ? MOST_SHOWN : found.length);
    this.active = wanted && this.shown.length ? 0 : -1;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#draw(wanted);
    this.words.textContent = found.length ? fillIn(_("%(n)s found"), { n: found.length }) : _("Nothing of that name");
  }

  #close() {
    this.list.hidden = true;
    this.input.value = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.words.textContent = "";
  }

  #draw(wanted) {
    const lines = [];
    let group = "";
    this.shown.forEach((entry, place) => {
      if (entry.group !== group) lines.push(h("li", { class: "picker-group", role: "presentation" }, entry.group));
      group = entry.group;
      lines.push(this.#line(entry, place, wanted));
    });
    if (!lines.length) lines.push(h("li", { class: "picker-none", role: "presentation" }, _("Nothing of that name")));
    this.list.replaceChildren(...lines);
    this.#mark();
  }

  #line(entry, place, wanted) {
    const isChosen = entry.option.selected;
    const other = wanted && !holds(entry.own, wanted) ? entry.also.find((name) => holds(plain(name), wanted)) : "";
    return h("li", { id: `${this.list.id}-${place}`, role: "option", "aria-selected": String(isChosen), "data-place": place },
      h("span", { class: "picker-tick", "aria-hidden": "true" }, isChosen ? "✓" : ""),
      h("span", {}, entry.option.text, other ? h("span", { class: "hint" }, ` ${other}`) : null));
  }

  #mark() {
    for (const line of all("[role=option]", this.list)) {
      const isActive = Number(line.dataset.place) === this.active;
      line.classList.toggle("is-active", isActive);
      if (!isActive) continue;
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
    if (this.active < 0) this.input.removeAttribute("aria-activedescendant");
  }

  #toggle(entry) {
    if (!entry) return;
    entry.option.selected = !entry.option.selected;
    const isOpen = !this.list.hidden;
    this.show();
    if (isOpen) {
      this.input.value = "";
      this.#open();
      this.active = this.shown.indexOf(entry);
      this.#mark();
    }
    const words = entry.option.selected ? _("%(name)s is chosen") : _("%(name)s is taken away");
    this.words.textContent = fillIn(words, { name: entry.option.text });
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.#open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const many = this.shown.length;
      if (isOpen || this.active < 0) this.active = many ? (this.active + step + many) % many : -1;
      this.#mark();
    } else if (event.key === "Enter") {
      // Enter chooses; it never sends the form from here.
      event.preventDefault();
      if (isOpen) this.#toggle(this.shown[this.active]);
      else this.#open();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Backspace" && !this.input.value) {
      this.#toggle(this.entries.filter((entry) => entry.option.selected).pop());
    }
  }
}

/** @param {HTMLOptionElement} option */
function entryOf(option) {
  const also = (option.dataset.also ?? "").split("; ").filter(Boolean);
  const parent = option.parentElement;
  return {
    option,
    also,
    group: parent instanceof HTMLOptGroupElement ? parent.label : "",
    own: plain(option.text),
    text: plain([option.text, ...also].join(" ")),
  };
}
