import { need, readJson } from "../../../../infra/web/js/find.js";
import { fillIn } from "../survey/filling.js";
import { flush } from "../survey/outbox.js";
import { showRefusals } from "../survey/refusals.js";
import { reopenVisit } from "../survey/reopen.js";
import { showClock, showStatus } from "../survey/status.js";
import { openStore } from "../survey/store.js";
import { transport } from "../survey/transport.js";

const { gettext } = window;
const RETRY_MS = 30_000;
const settings = readJson("survey");
const status = need("[data-sync]");
let flushing = false;
let isWantedAgain = false;

// Asked for while one is under way (the network came back in its midst) it begins once more.
async function send(store) {
  isWantedAgain = true;
  if (flushing) return;
  flushing = true;
  try {
    while (isWantedAgain) {
      isWantedAgain = false;
      await sendOnce(store);
    }
  } finally {
    flushing = false;
  }
}

async function sendOnce(store) {
  /** @type {HTMLInputElement} */
  const token = need("[name=csrfmiddlewaretoken]");
  const outcome = await flush(store, {
    user: settings.user,
    send: transport(token.value),
    onReceipt: showReceipt,
    onProgress: () => showStatus(status, store, settings.user),
  });
  await show(store, outcome);
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

/** @param {import("../survey/types.js").Visit} visit */
function showReceipt(visit) {
  if (!visit.receipt || visit.payload.uuid !== document.body.dataset.visit) return;
  const { grade, reasons, standing, url } = visit.receipt;
  const panel = need("[data-receipt]");
  const letter = need("[data-grade]", panel);
  letter.textContent = grade;
  letter.dataset.grade = grade;
  need("[data-link]", panel).setAttribute("href", url);
  need("[data-reasons]", panel).replaceChildren(...items(reasons));
  need("[data-standing]", panel).replaceChildren(...items(standing));
  need("[data-received]", panel).hidden = false;
}

/**
 * @param {import("../survey/store.js").Store} store
 * @param {import("../survey/types.js").Visit} visit
 */
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
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("[data-survey-form]");
  if (form) {
    showClock(document.querySelector("[data-clock]"), settings.now);
    await fillIn(store, form, settings, async () => {
      form.hidden = true;
      need("[data-receipt]").hidden = false;
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
