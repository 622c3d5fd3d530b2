// The list of segments beside the map: one opens to be described; figures follow the drawing.

import { readField as readNumber } from "../../../infra/ground/js/decimals.js";
import { chainage, dong, metres, writeDecimal } from "./format.js";
import { chainages } from "./measure.js";
import { _, fill } from "./words.js";

const SURFACE_OF = {
  open_trench_pavement: "pavement",
  open_trench_road: "road",
};

export function costOf(drawing, rates) {
  const marks = chainages(drawing.vertices);
  const lines = drawing.segments.map((segment) => {
    const length = marks[segment.end] - marks[segment.start];
    const rate = rates[segment.method];
    return { length, rate, amount: rate ? Math.round(round2(length) * rate.vnd_per_m) : null };
  });
  const total = lines.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  return { lines, total, isComplete: lines.length > 0 && lines.every((line) => line.amount !== null) };
}

const round2 = (value) => Math.round(value * 100) / 100;

export function createPanel(root, editor, { methods, surfaces, rates, limits }) {
  const list = root.querySelector("[data-segments]");
  const template = root.querySelector("template");
  let built = "";

  const signature = () =>
    JSON.stringify([editor.drawing.segments.length, editor.state.segment, editor.canEdit]);

  function build() {
    list.replaceChildren(
      ...editor.drawing.segments.map((_, index) => {
        const item = template.content.firstElementChild.cloneNode(true);
        item.dataset.index = index;
        const open = editor.state.segment === index;
        item.classList.toggle("is-open", open);
        item.querySelector("[data-head]").setAttribute("aria-expanded", open);
        item.querySelector("[data-form]").hidden = !open;
        fillChoices(item.querySelector("[name=method]"), methods);
        fillChoices(item.querySelector("[name=surface]"), surfaces);
        for (const field of item.querySelectorAll("[name]")) {
          field.id = `segment-${index}-${field.name}`;
          field.disabled = !editor.canEdit;
          field.closest(".re-field").querySelector("label").htmlFor = field.id;
        }
        item.querySelector("[data-merge]").hidden =
          !editor.canEdit || index === editor.drawing.segments.length - 1;
        return item;
      }),
    );
    built = signature();
  }

  function fillChoices(select, choices) {
    select.append(new Option(_("choose…"), ""));
    for (const { value, label } of choices) select.append(new Option(label, value));
  }

  function fillItem(item, segment, index, marks, cost) {
    const name = methods.find(({ value }) => value === segment.method)?.label;
    item.classList.toggle("is-untold", !segment.method || !segment.surface);
    const text = (part, value) => (item.querySelector(`[data-${part}]`).textContent = value);
    text("title", `${index + 1}. ${name ?? _("method not chosen")}`);
    text("span", `${chainage(marks[segment.start])} – ${chainage(marks[segment.end])}`);
    text("length", metres(cost.length));
    text("cost", cost.amount === null ? _("no rate yet") : dong(cost.amount));
    text("why", why(cost));
    text("limit", limitText(segment));
    for (const field of item.querySelectorAll("[name]")) {
      if (field === document.activeElement) continue;
      const value = segment[field.name];
      field.value = field.name === "cover_depth_m" ? writeDecimal(value) : (value ?? "");
    }
  }

  function why({ length, rate, amount }) {
    if (!rate) return _("Nobody has entered a rate with a source for this method.");
    return fill(_("%(length)s m × %(rate)s/m = %(amount)s. Source: %(source)s"), {
      length: String(round2(length)).replace(".", ","),
      rate: dong(rate.vnd_per_m),
      amount: dong(amount),
      source: rate.source,
    });
  }

  function limitText({ surface, cover_depth_m: depth }) {
    const limit = limits[surface];
    if (!limit) return "";
    const least = fill(_("at least %(least)s m (%(source)s)"), {
      least: writeDecimal(limit.value / 1000),
      source: limit.instrument,
    });
    return depth !== null && depth * 1000 < limit.value ? `⚠ ${least}` : least;
  }

  function renderSummary(cost, marks) {
    const set = (part, value) => (root.querySelector(`[data-sum-${part}]`).textContent = value);
    set("length", metres(marks.at(-1) ?? 0));
    const untold = editor.drawing.segments.filter((s) => !s.method || !s.surface).length;
    set("segments", String(editor.drawing.segments.length));
    set("untold", untold ? fill(_("%(n)s not described yet"), { n: untold }) : "");
    const priced = cost.lines.some((line) => line.amount !== null);
    set("cost", priced ? dong(cost.total) : _("no rate yet"));
    const missing = cost.lines.filter((line) => line.amount === null);
    const left = missing.reduce((sum, line) => sum + line.length, 0);
    set("cost-note", priced && missing.length ? fill(_("without %(m)s that have no rate"), { m: metres(left) }) : "");
  }

  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-index]");
    if (!item) return;
    const index = Number(item.dataset.index);
    if (event.target.closest("[data-merge]")) editor.merge(index);
    else if (event.target.closest("[data-head]")) {
      editor.select({ segment: editor.state.segment === index ? null : index });
    }
  });

  list.addEventListener("input", (event) => {
    const field = event.target;
    const index = Number(field.closest("[data-index]").dataset.index);
    const values = { [field.name]: readField(field) };
    if (field.name === "method" && !editor.drawing.segments[index].surface) {
      values.surface = SURFACE_OF[field.value] ?? "";
    }
    editor.describe(index, values, `${field.name}:${index}`);
  });

  list.addEventListener("change", (event) => event.target.reportValidity?.());

  return {
    render() {
      if (built !== signature()) build();
      const marks = chainages(editor.drawing.vertices);
      const cost = costOf(editor.drawing, rates);
      editor.drawing.segments.forEach((segment, index) =>
        fillItem(list.children[index], segment, index, marks, cost.lines[index]),
      );
      renderSummary(cost, marks);
    },
    reveal() {
      list.querySelector(".is-open")?.scrollIntoView({ block: "nearest" });
    },
  };
}

function readField(field) {
  const options = { cover_depth_m: { unit: "m" }, duct_count: { whole: true } }[field.name];
  if (!options) return field.value;
  const text = readNumber(field, options);
  return text === null ? null : Number(text);
}
