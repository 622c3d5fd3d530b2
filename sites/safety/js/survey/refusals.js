// What the server refused, on every page of the survey: the reason, and the ways out of it.
import { need } from "../../../../infra/web/js/find.js";
import { discard, refusals, retry } from "./outbox.js";

const { gettext, interpolate } = window;

function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function button(label, act, style) {
  const made = element("button", { type: "button", className: `btn btn-${style}`, textContent: label });
  made.addEventListener("click", act);
  return made;
}

// A form, because the page's one dialog asks before a submit that says `data-confirm`.
function discardForm(question, detail, act) {
  const press = element("button", { className: "btn btn-outline-danger", textContent: gettext("Discard") });
  const form = element("form", {}, [press]);
  Object.assign(form.dataset, { confirm: question, confirmDetail: detail, confirmVerb: gettext("Discard") });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
  return form;
}

// Draws the box anew; `again` sends, `reopen` turns a refused visit back into a draft.
export async function showRefusals(store, user, { again, reopen }) {
  /** @type {HTMLElement | null} */
  const box = document.querySelector("[data-refusals]");
  if (!box) return;
  const ways = {
    reopen,
    tryAgain: (kind, uuid) => retry(store, kind, uuid).then(again),
    throwAway: (kind, uuid) => discard(store, kind, uuid).then(again),
  };
  const found = await refusals(store, user);
  box.hidden = found.length === 0;
  need("[data-refused]", box).replaceChildren(
    ...found.flatMap(({ visit, photos }) => [
      ...(visit.refusal ? [visitCard(visit, ways)] : []),
      ...photos.map((photo) => photoCard(visit, photo, ways)),
    ]),
  );
}

function card(title, inside, sentences, acts) {
  const reasons = sentences.map((sentence) => element("li", { textContent: sentence }));
  return element("div", { className: "survey-refusal" }, [
    element("h3", { textContent: title }),
    ...inside,
    element("ul", {}, reasons),
    element("div", { className: "survey-refusal-acts" }, acts),
  ]);
}

function visitCard(visit, { reopen, tryAgain, throwAway }) {
  return card(interpolate(gettext("The visit to %s was refused"), [visit.code]), [], visit.refusal, [
    button(gettext("Open it again and correct it"), () => reopen(visit), "primary"),
    button(gettext("Send again"), () => tryAgain("visits", visit.uuid), "outline-secondary"),
    discardForm(
      interpolate(gettext("Discard the visit to %s with all its photos?"), [visit.code]),
      gettext("The server never received it: it cannot be brought back."),
      () => throwAway("visits", visit.uuid),
    ),
  ]);
}

function photoCard(visit, photo, { tryAgain, throwAway }) {
  const picture = element("img", { src: URL.createObjectURL(photo.blob), alt: gettext("The refused photo") });
  const strip = element("div", { className: "survey-photos" }, [element("figure", {}, [picture])]);
  return card(interpolate(gettext("A photo of the visit to %s was refused"), [visit.code]), [strip], photo.refusal, [
    button(gettext("Send again"), () => tryAgain("photos", photo.uuid), "primary"),
    discardForm(
      interpolate(gettext("Discard this photo of the visit to %s?"), [visit.code]),
      gettext("The server does not have it: it cannot be brought back."),
      () => throwAway("photos", photo.uuid),
    ),
  ]);
}
