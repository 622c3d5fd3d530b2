// Talks to the server; tells "no network" and "signed out" from a real answer.
import { SIGNED_OUT, WAITING } from "./outbox.js";

const RETRY_LATER = new Set([408, 429, 500, 502, 503, 504]);

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, credentials: "same-origin", redirect: "manual" });
  } catch {
    return { kind: WAITING };
  }
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
    return { kind: SIGNED_OUT };
  }
  if (RETRY_LATER.has(response.status)) return { kind: WAITING };
  const body = await bodyOf(response);
  if (response.ok) return body ? { kind: "answer", ok: true, body } : { kind: WAITING };
  const sentences = body?.sentences?.length ? body.sentences : [plainRefusal(response.status)];
  return { kind: "answer", ok: false, status: response.status, body: { ...body, sentences } };
}

// The JSON of our own server; null for a page that something on the way put in its place.
async function bodyOf(response) {
  if (!(response.headers.get("content-type") ?? "").includes("json")) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function plainRefusal(status) {
  const { gettext, interpolate } = window;
  if (status === 413) return gettext("It is larger than the server takes. Take the photo again, smaller.");
  return interpolate(gettext("The server did not take it and gave no reason (code %s). Try again later."), [status]);
}

export function transport(csrfToken) {
  const headers = { "X-CSRFToken": csrfToken, Accept: "application/json" };
  return {
    json: (url, payload) =>
      ask(url, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        // The phone's clock at this moment: the server compares it with its own.
        body: JSON.stringify({ ...payload, sent_at: new Date().toISOString() }),
      }),
    photo: (url, photo) => {
      const form = new FormData();
      form.append("uuid", photo.uuid);
      form.append("item", photo.item);
      form.append("photo", new File([photo.blob], photo.name, { type: photo.blob.type }));
      for (const [name, value] of Object.entries(photo.capture ?? {})) form.append(name, value);
      return ask(url, { method: "POST", headers, body: form });
    },
  };
}
