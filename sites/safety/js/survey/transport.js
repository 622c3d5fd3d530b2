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
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const body = isJson ? await response.json() : { sentences: [`HTTP ${response.status}`] };
  return { kind: "answer", ok: response.ok, body };
}

export function transport(csrfToken) {
  const headers = { "X-CSRFToken": csrfToken, Accept: "application/json" };
  return {
    json: (url, payload) =>
      ask(url, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify(payload),
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
