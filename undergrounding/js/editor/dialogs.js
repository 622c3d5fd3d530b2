// The dialogs of the editor: keys, facts of the route, import, a conflict, a copy kept in the browser.

import { metres } from "./format.js";
import { readLines, UnreadableLine } from "./lines.js";
import { length } from "./measure.js";
import { append, emptyDrawing } from "./model.js";
import { _, fill } from "./words.js";

const parseXml = (text) => new DOMParser().parseFromString(text, "text/xml");

const REASONS = {
  empty: () => _("Paste a line or choose a file first."),
  not_json: () => _("This is no readable GeoJSON. Export the line again and try once more."),
  not_xml: () => _("This is no readable GPX or KML. Export the line again and try once more."),
  no_line: () => _("There is no line in it: the file needs a LineString, a track or a route."),
};

export function bindDialogs({ root, page, editor, saving, view }) {
  const dialog = (name) => root.querySelector(`dialog[data-dialog=${name}]`);
  const field = (name) => root.querySelector(`[data-route=${name}]`);
  const names = ["name", "street", "scheme", "planned_year", "duct_owner", "note"];
  let named = !page.route.isNew;

  for (const name of names) {
    field(name).value = page.route[name] ?? "";
    field(name).disabled = !editor.canEdit;
    field(name).addEventListener("input", () => {
      if (name === "name") named = true;
      saving.changed();
    });
  }

  function fields() {
    const told = Object.fromEntries(names.map((name) => [name, field(name).value.trim()]));
    told.name ||= _("Route without a name");
    return told;
  }

  function write(told) {
    for (const name of names) field(name).value = told[name] ?? "";
  }

  function bindImport() {
    const box = dialog("import");
    const text = box.querySelector("textarea");
    const error = box.querySelector("[data-error]");
    box.querySelector("input[type=file]").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (file) text.value = await file.text();
    });
    box.querySelector("[data-import]").addEventListener("click", () => {
      try {
        const line = longest(readLines(text.value, parseXml));
        editor.replace(append(emptyDrawing(), line.places), "import");
        editor.setMode("select");
        if (line.name && !named) field("name").value = line.name;
        if (line.wasSwapped) notice(_("Longitude and latitude were swapped in the file; they have been put right."));
        error.textContent = "";
        box.close();
        view.fit();
      } catch (problem) {
        if (!(problem instanceof UnreadableLine)) throw problem;
        error.textContent = REASONS[problem.message]();
      }
    });
  }

  const longest = (lines) =>
    lines.reduce((best, line) => (length(line.places) > length(best.places) ? line : best));

  function notice(text) {
    root.querySelector("[data-part=notice]").textContent = text;
  }

  bindImport();

  return {
    fields,
    open: (name) => dialog(name).showModal(),
    /** The first road drawn along gives a route without a name its name. */
    suggestName(road) {
      if (named || !road) return;
      field("name").value = road;
      field("street").value = road;
      named = true;
    },
    conflict(theirs) {
      const box = dialog("conflict");
      box.querySelector("[data-sentence]").textContent = theirs.sentences.join(" ");
      const told = fill(_("Theirs: %(theirs)s, %(n)s vertices. Yours: %(yours)s, %(m)s vertices."), {
        theirs: metres(length(theirs.drawing.vertices)),
        n: theirs.drawing.vertices.length,
        yours: metres(length(editor.drawing.vertices)),
        m: editor.drawing.vertices.length,
      });
      box.querySelector("[data-compare]").textContent = told;
      box.onclose = () => {
        if (box.returnValue === "mine") saving.goOnFrom(theirs, { send: true });
        if (box.returnValue === "theirs") {
          editor.replace(theirs.drawing, "theirs");
          write(theirs.fields);
          saving.goOnFrom(theirs, { send: false });
        }
      };
      box.returnValue = "";
      box.showModal();
    },
    /** A copy that never reached the server is offered, not taken. */
    offerCopy() {
      const copy = saving.copy() ?? (page.route.isNew ? saving.newest() : null);
      if (!copy?.vertices?.length || !editor.canEdit) return;
      const box = dialog("copy");
      box.querySelector("[data-sentence]").textContent = fill(
        _("This browser keeps a drawing of %(when)s that was not saved: %(n)s vertices, %(length)s."),
        {
          when: new Date(copy.at).toLocaleString(document.documentElement.lang),
          n: copy.vertices.length,
          length: metres(length(copy.vertices)),
        },
      );
      box.onclose = () => {
        if (box.returnValue === "take") {
          write(copy);
          named = true;
          editor.replace({ vertices: copy.vertices, segments: copy.segments }, "import");
          view.fit();
        } else if (box.returnValue === "drop") saving.forget(copy.uuid);
      };
      box.showModal();
    },
  };
}
