// Sends what waits: a visit's words first, then its photos one by one, each exactly once. A visit
// leaves the phone only when it and each of its photos has a receipt; what the server refuses
// stays with its reason until the person tries again, corrects it or throws it away.
import { forgetVisit, photosOf } from "./store.js";

export const DONE = "done";
export const WAITING = "waiting";
export const REFUSED = "refused";
export const SIGNED_OUT = "signed-out";

/**
 * @param {import("./store.js").Store} store
 * @param {string} user
 * @returns {Promise<import("./types.js").Visit[]>}
 */
async function visitsOf(store, user) {
  return (await store.getAll("visits")).filter((visit) => visit.user === user);
}

export async function counts(store, user) {
  const visits = await visitsOf(store, user);
  const photos = (await Promise.all(visits.map((visit) => photosOf(store, visit.uuid)))).flat();
  return {
    visits: visits.filter((visit) => !visit.receipt && !visit.refusal).length,
    photos: photos.filter((photo) => !photo.receipt && !photo.refusal).length,
    refusedVisits: visits.filter((visit) => visit.refusal).length,
    refusedPhotos: photos.filter((photo) => photo.refusal).length,
  };
}

// Everything of this person that was refused: each visit with those of its photos that were.
export async function refusals(store, user) {
  const visits = await visitsOf(store, user);
  const found = await Promise.all(
    visits.map(async (visit) => ({
      visit,
      photos: (await photosOf(store, visit.uuid)).filter((photo) => photo.refusal),
    })),
  );
  return found.filter(({ visit, photos }) => visit.refusal || photos.length);
}

/**
 * Sends everything of this person; returns "done", "refused" (something stays, with its reason),
 * "waiting" (no network) or "signed-out".
 * @param {import("./store.js").Store} store
 * @param {{
 *   user: string, send: any,
 *   onReceipt?: (visit: import("./types.js").Visit) => unknown, onProgress?: () => unknown,
 * }} options
 */
export async function flush(store, { user, send, onReceipt = () => {}, onProgress = () => {} }) {
  let outcome = DONE;
  for (const visit of await visitsOf(store, user)) {
    const sent = visit.refusal ? REFUSED : await sendWhole(store, visit, send, { onReceipt, onProgress });
    await onProgress();
    if (sent === WAITING || sent === SIGNED_OUT) return sent;
    if (sent === REFUSED) outcome = REFUSED;
  }
  return outcome;
}

async function sendWhole(store, visit, send, { onReceipt, onProgress }) {
  const words = await sendVisit(store, visit, send, onReceipt);
  if (words !== DONE) return words;
  await onProgress();
  const photos = await sendPhotos(store, visit, send, onProgress);
  if (photos !== DONE) return photos;
  return (await forgetVisit(store, visit.uuid)) ? DONE : WAITING;
}

/**
 * @param {import("./store.js").Store} store
 * @param {import("./types.js").Visit} visit
 */
async function sendVisit(store, visit, send, onReceipt) {
  if (visit.receipt) return DONE;
  const answer = await send.json(visit.submitUrl, visit.payload);
  if (answer.kind !== "answer") return answer.kind;
  if (!answer.ok) {
    visit.refusal = [...answer.body.sentences, ...(answer.body.faults ?? []).map((fault) => fault.sentence)];
    visit.refusalStatus = answer.status;
    await store.put("visits", visit);
    return REFUSED;
  }
  // A page of a hotel's network also answers 200: only the visit's own number is a receipt.
  if (answer.body.uuid !== visit.payload.uuid || !answer.body.receipt) return WAITING;
  visit.receipt = answer.body;
  await store.put("visits", visit);
  await onReceipt(visit);
  return DONE;
}

async function sendPhotos(store, visit, send, onProgress) {
  let outcome = DONE;
  for (const photo of await photosOf(store, visit.uuid)) {
    if (photo.receipt) continue;
    const sent = photo.refusal ? REFUSED : await sendPhoto(store, visit, photo, send);
    if (sent === WAITING || sent === SIGNED_OUT) return sent;
    if (sent === REFUSED) outcome = REFUSED;
    await onProgress();
  }
  return outcome;
}

/**
 * @param {import("./store.js").Store} store
 * @param {import("./types.js").Visit} visit
 * @param {import("./types.js").Photo} photo
 */
async function sendPhoto(store, visit, photo, send) {
  const answer = await send.photo(visit.photoUrl, photo);
  if (answer.kind !== "answer") return answer.kind;
  if (answer.ok && (answer.body.uuid !== photo.uuid || !answer.body.receipt)) return WAITING;
  if (answer.ok) photo.receipt = answer.body.receipt;
  else photo.refusal = answer.body.sentences;
  await store.put("photos", photo);
  return answer.ok ? DONE : REFUSED;
}

// The next flush sends it again, unchanged.
export async function retry(store, kind, uuid) {
  const row = await store.get(kind, uuid);
  if (!row) return;
  delete row.refusal;
  await store.put(kind, row);
}

// For good: only after the person confirmed it. A visit takes its photos along.
export async function discard(store, kind, uuid) {
  if (kind === "photos") {
    await store.delete("photos", uuid);
    return;
  }
  const change = store.transaction(["visits", "photos"], "readwrite");
  for (const key of await change.objectStore("photos").index("visit").getAllKeys(uuid)) {
    await change.objectStore("photos").delete(key);
  }
  await change.objectStore("visits").delete(uuid);
  await change.done;
}
