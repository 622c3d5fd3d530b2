// A refused visit becomes a draft again, with its number, answers and photos.
import { photosOf } from "./store.js";

const CONFLICT = 409;

/**
 * @param {import("./types.js").Payload} payload
 * @returns {Record<string, string>}
 */
export function fieldsOf(payload) {
  const fields = Object.fromEntries(
    payload.answers.flatMap(({ code, result, severity, note }) => [
      [`result-${code}`, result],
      ...(severity ? [[`severity-${code}`, String(severity)]] : []),
      ...(note ? [[`note-${code}`, note]] : []),
    ]),
  );
  for (const { quantity, value, instrument, calibrated_until } of payload.measurements) {
    fields[`measure-${quantity}`] = value;
    if (instrument) fields.instrument = instrument;
    if (calibrated_until) fields.calibrated_until = calibrated_until;
  }
  const { kind, legal_basis, note } = payload;
  return { ...fields, kind, legal_basis, note };
}

// One transaction: a phone that dies in between keeps the visit or the draft, never neither. A
// number that the server already holds with other content would be refused for ever: a new one.
/**
 * @param {import("./store.js").Store} store
 * @param {import("./types.js").Visit} visit
 */
export async function reopenVisit(store, visit) {
  const { lat, lon, accuracy_m, visited_at } = visit.payload;
  const position = lat === null ? undefined : { lat, lon, accuracy: accuracy_m, at: visited_at };
  const uuid = visit.refusalStatus === CONFLICT ? crypto.randomUUID() : visit.uuid;
  const photos = await photosOf(store, visit.uuid);
  const change = store.transaction(["drafts", "visits", "photos"], "readwrite");
  const key = `${visit.user}:${visit.mast}`;
  const draft = { key, uuid, fields: fieldsOf(visit.payload), position, wasRefused: true };
  change.objectStore("drafts").put(draft);
  change.objectStore("visits").delete(visit.uuid);
  for (const photo of photos) {
    delete photo.refusal;
    change.objectStore("photos").put({ ...photo, visit: uuid });
  }
  await change.done;
  return draft;
}
