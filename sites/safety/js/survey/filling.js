// One mast's form: every stroke is kept on the phone, photos too, until the visit is queued.
import { need } from "../../../../infra/web/js/find.js";
import { movedToRemarks, readFields, toPayload, unanswered, writeFields } from "./fields.js";
import { measuresAreRight, watchMeasures } from "./measures.js";
import { captureOf, shrink } from "./photo.js";
import { loadDraft, photosOf, queueVisit, saveDraft } from "./store.js";

const { gettext, interpolate } = window;
const NEEDS_BASIS = ["specialised_check", "unannounced_check"];

// `onQueued` is called once the visit waits to be sent.
export async function fillIn(store, form, settings, onQueued) {
  const { codes } = settings.checklist;
  const draft = await loadDraft(store, settings.user, settings.mast);
  document.body.dataset.visit = draft.uuid;
  if (draft.wasRefused) draft.fields = movedToRemarks(draft.fields, codes);
  writeFields(form, draft.fields);
  refresh(form, codes);
  await showPhotos(store, form, draft);
  showPosition(draft.position);

  watchMeasures(form);
  form.addEventListener("input", async () => {
    gather(draft, form);
    refresh(form, codes);
    await saveDraft(store, draft);
    need("[data-saved]").textContent = gettext("Saved on this phone");
  });
  form.addEventListener("change", async (event) => {
    if (event.target.type !== "file") return;
    await addPhotos(store, draft, event.target);
    await showPhotos(store, form, draft);
  });
  need("[data-locate]").addEventListener("click", () => locate(store, draft));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!measuresAreRight(form, settings.plausible)) return;
    gather(draft, form);
    if (await queue(store, draft, settings)) await onQueued(form);
  });
  if (!draft.position) locate(store, draft);
}

// What stands on the page now; answers to another version of the checklist stay as they were.
function gather(draft, form) {
  const here = [...form.elements].map((field) => field.name).filter((name) => name in draft.fields);
  const emptied = Object.fromEntries(here.map((name) => [name, ""]));
  draft.fields = { ...draft.fields, ...emptied, ...readFields(form) };
}

function refresh(form, codes) {
  const values = readFields(form);
  for (const row of form.querySelectorAll("[data-item]")) {
    const failed = values[`result-${row.dataset.item}`] === "fail";
    row.querySelector("[data-severity]").hidden = !failed;
    for (const radio of row.querySelectorAll("[data-severity] input")) radio.required = failed;
    row.dataset.answered = String(Boolean(values[`result-${row.dataset.item}`]));
  }
  form.querySelector("[name=legal_basis]").required = NEEDS_BASIS.includes(values.kind);
  form.querySelector("[data-verification]").hidden = values.kind !== "verification";
  const left = unanswered(values, codes).length;
  need("[data-left]").textContent = left
    ? interpolate(gettext("%s of %s items not answered"), [left, codes.length])
    : gettext("All items answered");
}

function locate(store, draft) {
  const line = need("[data-position]");
  if (!navigator.geolocation) {
    line.textContent = gettext("This phone gives no position.");
    return;
  }
  line.textContent = gettext("Finding the position…");
  navigator.geolocation.getCurrentPosition(
    async ({ coords }) => {
      const { latitude: lat, longitude: lon, accuracy } = coords;
      // The phone's own clock, not the satellites': one clock for all that the server compares.
      draft.position = { lat, lon, accuracy, at: new Date().toISOString() };
      await saveDraft(store, draft);
      showPosition(draft.position);
    },
    () => (line.textContent = gettext("The phone gave no position. Allow it, go outdoors, and try again.")),
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 15_000 },
  );
}

function showPosition(position) {
  if (!position) return;
  const number = (value, digits) =>
    value.toLocaleString("vi", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  need("[data-position]").textContent = interpolate(gettext("%s, %s (within %s m)"), [
    number(position.lat, 6),
    number(position.lon, 6),
    number(position.accuracy, 0),
  ]);
}

async function addPhotos(store, draft, input) {
  for (const file of input.files) {
    await store.put("photos", {
      uuid: crypto.randomUUID(),
      visit: draft.uuid,
      item: input.dataset.photo,
      name: file.name.replace(/\.[^.]*$/, "") + ".jpg",
      blob: await shrink(file),
      capture: captureOf(draft.position),
    });
  }
  input.value = "";
  await saveDraft(store, draft);
}

async function showPhotos(store, form, draft) {
  const photos = await photosOf(store, draft.uuid);
  for (const strip of form.querySelectorAll("[data-photos]")) {
    const own = photos.filter((photo) => photo.item === strip.dataset.photos);
    strip.replaceChildren(...own.map((photo) => thumbnail(store, form, draft, photo)));
  }
}

function thumbnail(store, form, draft, photo) {
  const figure = document.createElement("figure");
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(photo.blob);
  picture.alt = gettext("Photo taken");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "btn btn-sm btn-outline-secondary";
  remove.textContent = gettext("Remove");
  remove.addEventListener("click", async () => {
    await store.delete("photos", photo.uuid);
    await showPhotos(store, form, draft);
  });
  figure.append(picture, remove);
  return figure;
}

async function queue(store, draft, settings) {
  const { codes } = settings.checklist;
  const left = unanswered(draft.fields, codes).length;
  if (left === codes.length) {
    window.alert(gettext("No item is answered yet: a visit without answers cannot be graded."));
    return false;
  }
  const question = interpolate(
    gettext("%s items are not answered; the grade will be no better for them. Send the visit all the same?"),
    [left],
  );
  if (left && !window.confirm(question)) return false;
  await queueVisit(store, draft, {
    uuid: draft.uuid,
    user: settings.user,
    mast: settings.mast,
    code: settings.code,
    formUrl: window.location.pathname,
    submitUrl: settings.submitUrl,
    photoUrl: settings.photoUrl.replace("00000000-0000-0000-0000-000000000000", draft.uuid),
    payload: toPayload(draft, settings.checklist),
  });
  return true;
}
