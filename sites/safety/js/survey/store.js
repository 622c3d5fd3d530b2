// What the phone keeps: drafts by person and mast, visits waiting to be received, their photos.
import { openDB } from "idb";

const NAME = "tram-tuyen-survey";

/** @typedef {import("idb").IDBPDatabase} Store */

export function openStore() {
  return openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("drafts", { keyPath: "key" });
      db.createObjectStore("visits", { keyPath: "uuid" });
      db.createObjectStore("photos", { keyPath: "uuid" }).createIndex("visit", "visit");
    },
  });
}

/**
 * @param {string} user
 * @param {string} mast
 * @returns {import("./types.js").Draft}
 */
export function newDraft(user, mast) {
  return { key: `${user}:${mast}`, uuid: crypto.randomUUID(), startedAt: new Date().toISOString(), fields: {} };
}

/**
 * @param {Store} store
 * @param {string} user
 * @param {string} mast
 * @returns {Promise<import("./types.js").Draft>}
 */
export async function loadDraft(store, user, mast) {
  return (await store.get("drafts", `${user}:${mast}`)) ?? newDraft(user, mast);
}

/**
 * @param {Store} store
 * @param {import("./types.js").Draft} draft
 */
export function saveDraft(store, draft) {
  return store.put("drafts", draft);
}

/**
 * @param {Store} store
 * @param {string} visit
 * @returns {Promise<import("./types.js").Photo[]>}
 */
export function photosOf(store, visit) {
  return store.getAllFromIndex("photos", "visit", visit);
}

/**
 * The draft leaves and the visit enters in one transaction: a phone that dies keeps one of them.
 * @param {Store} store
 * @param {import("./types.js").Draft} draft
 * @param {import("./types.js").Visit} visit
 */
export async function queueVisit(store, draft, visit) {
  const change = store.transaction(["drafts", "visits"], "readwrite");
  await Promise.all([
    change.objectStore("visits").put(visit),
    change.objectStore("drafts").delete(draft.key),
    change.done,
  ]);
}

// Forgets a visit that was received whole, with every photo; says whether it did. It reads again
// inside its own transaction: a photo taken meanwhile in another window keeps the visit here.
export async function forgetVisit(store, uuid) {
  const change = store.transaction(["visits", "photos"], "readwrite");
  const visit = await change.objectStore("visits").get(uuid);
  const photos = await change.objectStore("photos").index("visit").getAll(uuid);
  const isWhole = Boolean(visit?.receipt) && photos.every((photo) => photo.receipt);
  if (isWhole) {
    for (const photo of photos) await change.objectStore("photos").delete(photo.uuid);
    await change.objectStore("visits").delete(uuid);
  }
  await change.done;
  return isWhole;
}
