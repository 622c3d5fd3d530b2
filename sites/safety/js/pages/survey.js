import { fillIn } from "../survey/filling.js";
import { flush } from "../survey/outbox.js";
import { showRefusals } from "../survey/refusals.js";
import { reopenVisit } from "../survey/reopen.js";
import { showClock, showStatus } from "../survey/status.js";
import { openStore } from "../survey/store.js";
import { transport } from "../survey/transport.js";

const { gettext } = window;
const RETRY_MS = 30_000;
const settings = JSON.parse(document.getElementById("survey").textContent);
const status = document.querySelector("[data-sync]");
let flushing = false;

async function send(store) {
  if (flushing) return;
  flushing = true;
  try {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const outcome = await flush(store, {
      user: settings.user,
      send: transport(token),
      onReceipt: showReceipt,
      onProgress: () => showStatus(status, store, settings.user),
    });
    await show(store, outcome);
  } finally {
    flushing = false;
  }
}

async function show(store, outcome) {
  await showStatus(status, store, settings.user, outcome);
  await showRefusals(store, settings.user, {
    again: async () => {
      await show(store);
      await send(store);
    },
    reopen: (visit) => reopen(store, visit),
  });
}

function items(sentences) {
  return sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence }));
}

function showReceipt(visit) {
  if (visit.payload.uuid !== document.body.dataset.visit) return;
  const { grade, reasons, standing, url } = visit.receipt;
  const panel = document.querySelector("[data-receipt]");
  panel.querySelector("[data-grade]").textContent = grade;
  panel.querySelector("[data-grade]").dataset.grade = grade;
  panel.querySelector("[data-link]").href = url;
  panel.querySelector("[data-reasons]").replaceChildren(...items(reasons));
  panel.querySelector("[data-standing]").replaceChildren(...items(standing));
  panel.querySelector("[data-received]").hidden = false;
}

async function reopen(store, visit) {
  const begun = await store.get("drafts", `${visit.user}:${visit.mast}`);
  if (begun && Object.keys(begun.fields).some((name) => name.startsWith("result-"))) {
    window.alert(gettext("Another visit to this mast is begun on this phone: send that one first."));
    return;
  }
  await reopenVisit(store, visit);
  window.location.assign(visit.formUrl);
}

async function start() {
  const store = await openStore();
  navigator.storage?.persist?.();
  const form = document.querySelector("[data-survey-form]");
  if (form) {
    showClock(document.querySelector("[data-clock]"), settings.now);
    await fillIn(store, form, settings, async () => {
      form.hidden = true;
      document.querySelector("[data-receipt]").hidden = false;
      window.scrollTo(0, 0);
      await send(store);
    });
  }
  await show(store);
  await send(store);
  window.addEventListener("online", () => send(store));
  window.setInterval(() => send(store), RETRY_MS);
}

start().catch(() => {
  status.textContent = gettext("This browser keeps nothing on the phone: do not leave the page before sending.");
});
