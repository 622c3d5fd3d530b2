// What the server refused, on every page of the survey: the reason, and the ways out of it.
import { discard, refusals, retry } from "./outbox.js";

const { gettext, interpolate } = window;

function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function button(label, act, style = "outline-secondary") {
  const made = element("button", { type: "button", className: `btn btn-${style}`, textContent: label });
  made.addEventListener("click", act);
  return made;
}

function reasons(sentences) {
  return element("ul", {}, sentences.map((sentence) => element("li", { textContent: sentence })));
}

// Draws the box anew; `again` sends, `reopen` turns a refused visit back into a draft.
export async function showRefusals(store, user, { again, reopen }) {
  const box = document.querySelector("[data-refusals]");
  if (!box) return;
  const found = await refusals(store, user);
  const redraw = () => showRefusals(store, user, { again, reopen });
  const once = (act) => async () => {
    await act();
    await redraw();
  };
  const tryAgain = (kind, uuid) =>
    button(gettext("Send again"), once(async () => {
      await retry(store, kind, uuid);
      await again();
    }), "primary");
  const throwAway = (kind, uuid, question) =>
    button(gettext("Discard"), once(async () => {
      if (!window.confirm(question)) return;
      await discard(store, kind, uuid);
      await again();
    }), "outline-danger");
  box.hidden = found.length === 0;
  box.querySelector("[data-refused]").replaceChildren(
    ...found.flatMap(({ visit, photos }) => [
      ...(visit.refusal ? [visitCard(visit, { tryAgain, throwAway, reopen })] : []),
      ...photos.map((photo) => photoCard(visit, photo, { tryAgain, throwAway })),
    ]),
  );
}

function visitCard(visit, { tryAgain, throwAway, reopen }) {
  const title = interpolate(gettext("The visit to %s was refused"), [visit.code]);
  const question = interpolate(
    gettext("Discard the visit to %s with all its photos? It was never received and cannot be brought back."),
    [visit.code],
  );
  return element("div", { className: "survey-refusal" }, [
    element("h3", { textContent: title }),
    reasons(visit.refusal),
    element("div", { className: "survey-refusal-acts" }, [
      button(gettext("Open it again and correct it"), () => reopen(visit), "primary"),
      tryAgain("visits", visit.uuid),
      throwAway("visits", visit.uuid, question),
    ]),
  ]);
}

function photoCard(visit, photo, { tryAgain, throwAway }) {
  const title = interpolate(gettext("A photo of the visit to %s was refused"), [visit.code]);
  const question = interpolate(
    gettext("Discard this photo of the visit to %s? The server does not have it and it cannot be brought back."),
    [visit.code],
  );
  const picture = element("img", { src: URL.createObjectURL(photo.blob), alt: gettext("The refused photo") });
  return element("div", { className: "survey-refusal" }, [
    element("h3", { textContent: title }),
    element("div", { className: "survey-photos" }, [element("figure", {}, [picture])]),
    reasons(photo.refusal),
    element("div", { className: "survey-refusal-acts" }, [
      tryAgain("photos", photo.uuid),
      throwAway("photos", photo.uuid, question),
    ]),
  ]);
}
