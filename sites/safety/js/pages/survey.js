import { readFields, toPayload, unanswered, writeFields } from "../survey/fields.js";
import { counts, flush } from "../survey/outbox.js";
import { measuresAreRight, watchMeasures } from "../survey/measures.js";
import { captureOf, shrink } from "../survey/photo.js";
import { loadDraft, openStore, photosOf, queueVisit, saveDraft } from "../survey/store.js";
import { transport } from "../survey/transport.js";

const { gettext, ngettext, interpolate } = window;
const RETRY_MS = 30_000;
const settings = JSON.parse(document.getElementById("survey").textContent);
const status = document.querySelector("[data-sync]");
let flushing = false;

function words({ visits, photos, refused }) {
  if (refused.length) {
    return interpolate(gettext("%s visit(s) refused: open the form of the mast to read why."), [refused.length]);
  }
  if (!visits && !photos) return gettext("Everything on this phone has been received.");
  const parts = [];
  if (visits) parts.push(interpolate(ngettext("%s visit", "%s visits", visits), [visits]));
  if (photos) parts.push(interpolate(ngettext("%s photo", "%s photos", photos), [photos]));
  const why = navigator.onLine ? gettext("sending") : gettext("waiting for the network");
  return interpolate(gettext("%s not sent yet: %s"), [parts.join(", "), why]);
}

async function showStatus(store, outcome) {
  const waiting = await counts(store, settings.user);
  status.textContent =
    outcome === "signed-out" ? gettext("Sign in again to send what is kept on this phone.") : words(waiting);
  status.dataset.state = outcome ?? (waiting.visits || waiting.photos ? "waiting" : "done");
}

async function send(store, onReceipt) {
  if (flushing) return;
  flushing = true;
  try {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const outcome = await flush(store, {
      user: settings.user,
      send: transport(token),
      onReceipt,
      onProgress: () => showStatus(store),
    });
    await showStatus(store, outcome);
  } finally {
    flushing = false;
  }
}

function showReceipt(visit) {
  if (visit.payload.uuid !== document.body.dataset.visit) return;
  const { grade, reasons, url } = visit.receipt;
  const panel = document.querySelector("[data-receipt]");
  panel.querySelector("[data-grade]").textContent = grade;
  panel.querySelector("[data-grade]").dataset.grade = grade;
  panel.querySelector("[data-link]").href = url;
  const list = panel.querySelector("[data-reasons]");
  list.replaceChildren(
    ...reasons.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
  );
  panel.querySelector("[data-received]").hidden = false;
}

async function fillingIn(store) {
  const form = document.querySelector("[data-survey-form]");
  if (!form) return;
  const codes = [...form.querySelectorAll("[data-item]")].map((row) => row.dataset.item);
  const draft = await loadDraft(store, settings.user, settings.mast);
  document.body.dataset.visit = draft.uuid;
  writeFields(form, draft.fields);
  refresh(form, codes);
  await showPhotos(store, form, draft);
  showPosition(draft.position);

  watchMeasures(form);
  form.addEventListener("input", async () => {
    draft.fields = readFields(form);
    refresh(form, codes);
    await saveDraft(store, draft);
    document.querySelector("[data-saved]").textContent = gettext("Saved on this phone");
  });
  form.addEventListener("change", async (event) => {
    if (event.target.type !== "file") return;
    await addPhotos(store, draft, event.target);
    await showPhotos(store, form, draft);
  });
  document.querySelector("[data-locate]").addEventListener("click", () => locate(store, draft));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await finish(store, form, draft, codes);
  });
  if (!draft.position) locate(store, draft);
}

function refresh(form, codes) {
  const values = readFields(form);
  for (const row of form.querySelectorAll("[data-item]")) {
    const failed = values[`result-${row.dataset.item}`] === "fail";
    row.querySelector("[data-severity]").hidden = !failed;
    for (const radio of row.querySelectorAll("[data-severity] input")) radio.required = failed;
    row.dataset.answered = String(Boolean(values[`result-${row.dataset.item}`]));
  }
  const basis = form.querySelector("[name=legal_basis]");
  basis.required = ["specialised_check", "unannounced_check"].includes(values.kind);
  const left = unanswered(values, codes).length;
  document.querySelector("[data-left]").textContent = left
    ? interpolate(gettext("%s of %s items not answered"), [left, codes.length])
    : gettext("All items answered");
}

function locate(store, draft) {
  const line = document.querySelector("[data-position]");
  if (!navigator.geolocation) {
    line.textContent = gettext("This phone gives no position.");
    return;
  }
  line.textContent = gettext("Finding the position…");
  navigator.geolocation.getCurrentPosition(
    async ({ coords, timestamp }) => {
      const { latitude: lat, longitude: lon, accuracy } = coords;
      draft.position = { lat, lon, accuracy, at: new Date(timestamp).toISOString() };
      await saveDraft(store, draft);
      showPosition(draft.position);
    },
    () => (line.textContent = gettext("The phone gave no position. Allow it, go outdoors, and try again.")),
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 15_000 },
  );
}

function showPosition(position) {
  if (!position) return;
  const number = (value, digits) => value.toLocaleString("vi", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  document.querySelector("[data-position]").textContent = interpolate(gettext("%s, %s (within %s m)"), [
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

async function finish(store, form, draft, codes) {
  if (!measuresAreRight(form, settings.plausible)) return;
  draft.fields = readFields(form);
  const left = unanswered(draft.fields, codes).length;
  const question = interpolate(
    gettext("%s items are not answered; the grade will be no better for them. Send the visit all the same?"),
    [left],
  );
  if (left && !window.confirm(question)) return;
  await queueVisit(store, draft, {
    uuid: draft.uuid,
    user: settings.user,
    mast: settings.mast,
    code: settings.code,
    submitUrl: settings.submitUrl,
    photoUrl: settings.photoUrl.replace("00000000-0000-0000-0000-000000000000", draft.uuid),
    payload: toPayload(draft, codes),
  });
  form.hidden = true;
  document.querySelector("[data-receipt]").hidden = false;
  window.scrollTo(0, 0);
  await send(store, showReceipt);
  await showRefusals(store);
}

async function showRefusals(store) {
  const box = document.querySelector("[data-refusals]");
  if (!box) return;
  const visits = await store.getAll("visits");
  const own = visits.filter((visit) => visit.refusal && visit.mast === settings.mast && visit.user === settings.user);
  box.hidden = own.length === 0;
  box.querySelector("ul").replaceChildren(
    ...own.flatMap((visit) => visit.refusal).map((sentence) =>
      Object.assign(document.createElement("li"), { textContent: sentence }),
    ),
  );
  box.querySelector("button").onclick = () => reopen(store, own[0]);
}

// A refused visit becomes a draft again, with its number, answers and photos.
async function reopen(store, visit) {
  const fields = Object.fromEntries(
    visit.payload.answers.flatMap(({ code, result, severity, note }) => [
      [`result-${code}`, result],
      ...(severity ? [[`severity-${code}`, String(severity)]] : []),
      ...(note ? [[`note-${code}`, note]] : []),
    ]),
  );
  for (const { quantity, value } of visit.payload.measurements) fields[`measure-${quantity}`] = value;
  const { kind, legal_basis, note, lat, lon, accuracy_m, visited_at } = visit.payload;
  Object.assign(fields, { kind, legal_basis, note });
  const position = lat === null ? undefined : { lat, lon, accuracy: accuracy_m, at: visited_at };
  await saveDraft(store, { key: `${visit.user}:${visit.mast}`, uuid: visit.uuid, fields, position });
  await store.delete("visits", visit.uuid);
  window.location.reload();
}

async function start() {
  const store = await openStore();
  await fillingIn(store);
  await showRefusals(store);
  await send(store, showReceipt);
  window.addEventListener("online", () => send(store, showReceipt));
  window.setInterval(() => send(store, showReceipt), RETRY_MS);
}

start().catch(() => {
  status.textContent = gettext("This browser keeps nothing on the phone: do not leave the page before sending.");
});
