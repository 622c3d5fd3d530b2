// Between the drawing and the server: what is sent, what the page says of it, copies in the browser.

import { need } from "../../../infra/web/js/find.js";
import { createSaver } from "./saver.js";
import { createStore } from "./store.js";
import { _, ago, fill } from "./words.js";

export const csrf = () => need("meta[name=csrf-token]").getAttribute("content") ?? "";

async function post(url, payload) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    body: JSON.stringify(payload),
  });
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  return { status: answer.status, body: isJson ? await answer.json() : {} };
}

/** page: { route, urls }; fields() gives what is told of the whole route. */
export function createSaving({ page, editor, fields, output, onSaved, onConflict, onRefused }) {
  const { route, urls } = page;
  const store = createStore(globalThis.localStorage);
  let version = route.version;
  let savedAt = route.isNew ? null : Date.now();
  let state = route.isNew ? "empty" : "saved";

  const content = () => ({ ...fields(), ...editor.drawing });
  const keep = () =>
    store.keep(route.uuid, { ...content(), version, at: Date.now(), isNew: version === null, uuid: route.uuid });

  const saver = createSaver({
    newId: () => crypto.randomUUID(),
    snapshot: () => (editor.drawing.vertices.length > 1 ? { ...content(), version } : null),
    send: (payload) => post(urls.save, payload),
    tell(next, detail) {
      state = next;
      if (next === "saved") {
        version = detail.version;
        savedAt = Date.now();
        if (!saver.unsaved) store.forget(route.uuid);
        onSaved(detail);
      }
      if (next === "conflict") onConflict(detail);
      if (next === "refused") onRefused(detail);
      write();
    },
  });

  const words = {
    empty: () => _("Not saved yet: click two places on the map"),
    idle: () => _("Not saved yet: click two places on the map"),
    waiting: () => _("Unsaved changes…"),
    saving: () => _("Saving…"),
    offline: () => _("No connection: kept in this browser, trying again"),
    conflict: () => _("Not saved: somebody else saved meanwhile"),
    refused: () => _("Not saved: see the warnings"),
    saved: () => fill(_("Saved %(ago)s"), { ago: ago((Date.now() - (savedAt ?? Date.now())) / 1000) }),
  };

  function write() {
    output.textContent = words[state]();
    output.dataset.state = state;
  }

  setInterval(() => state === "saved" && write(), 1000);
  addEventListener("beforeunload", (event) => {
    if (saver.unsaved && editor.drawing.vertices.length > 1) event.preventDefault();
  });
  write();

  return {
    changed() {
      keep();
      saver.changed();
    },
    flush: () => saver.flush(),
    get unsaved() {
      return saver.unsaved;
    },
    get state() {
      return state;
    },
    copy: () => store.read(route.uuid),
    newest: () => store.newest(),
    forget: (uuid = route.uuid) => store.forget(uuid),
    /** After a conflict: go on from their version, with whichever drawing stands in the editor. */
    goOnFrom(theirs, { send }) {
      version = theirs.version;
      if (send) return saver.resume();
      savedAt = Date.now();
      state = "saved";
      saver.settle();
      store.forget(route.uuid);
      return write();
    },
  };
}
