// Sends what waits: a visit's words first, then its photos one by one, each exactly once.
import { forgetVisit, photosOf } from "./store.js";

export const WAITING = "waiting";
export const REFUSED = "refused";
export const SIGNED_OUT = "signed-out";

export async function counts(store, user) {
  const visits = (await store.getAll("visits")).filter((visit) => visit.user === user);
  const photos = (await Promise.all(visits.map((visit) => photosOf(store, visit.uuid)))).flat();
  return {
    visits: visits.filter((visit) => !visit.receipt).length,
    photos: photos.filter((photo) => !photo.sent).length,
    refused: visits.filter((visit) => visit.refusal),
  };
}

// Sends everything of this person; returns "done", "waiting" (no network) or "signed-out".
export async function flush(store, { user, send, onReceipt = () => {}, onProgress = () => {} }) {
  const visits = (await store.getAll("visits")).filter((visit) => visit.user === user);
  for (const visit of visits) {
    if (visit.refusal) continue;
    const outcome = await sendVisit(store, visit, send, onReceipt);
    await onProgress();
    if (outcome === WAITING || outcome === SIGNED_OUT) return outcome;
    if (outcome === REFUSED) continue;
    const photos = await sendPhotos(store, visit, send, onProgress);
    if (photos !== "done") return photos;
    await forgetVisit(store, visit.uuid);
  }
  await onProgress();
  return "done";
}

async function sendVisit(store, visit, send, onReceipt) {
  if (visit.receipt) return "done";
  const answer = await send.json(visit.submitUrl, visit.payload);
  if (answer.kind !== "answer") return answer.kind;
  if (!answer.ok) {
    visit.refusal = answer.body.sentences.concat((answer.body.faults ?? []).map((fault) => fault.sentence));
    await store.put("visits", visit);
    return REFUSED;
  }
  visit.receipt = answer.body;
  await store.put("visits", visit);
  await onReceipt(visit);
  return "done";
}

async function sendPhotos(store, visit, send, onProgress) {
  for (const photo of await photosOf(store, visit.uuid)) {
    if (photo.sent || photo.refusal) continue;
    const answer = await send.photo(visit.photoUrl, photo);
    if (answer.kind !== "answer") return answer.kind;
    if (answer.ok) photo.sent = true;
    else photo.refusal = answer.body.sentences;
    await store.put("photos", photo);
    await onProgress();
  }
  return "done";
}
