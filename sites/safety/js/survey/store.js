// What the phone keeps: drafts by person and mast, visits waiting to be received, their photos.
import { openDB } from "idb";

const NAME = "tram-tuyen-survey";

export function openStore() {
  return openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("drafts", { keyPath: "key" });
      db.createObjectStore("visits", { keyPath: "uuid" });
      db.createObjectStore("photos", { keyPath: "uuid" }).createIndex("visit", "visit");
    },
  });
}

export function newDraft(user, mast) {
  return { key: `${user}:${mast}`, uuid: crypto.randomUUID(), startedAt: new Date().toISOString(), fields: {} };
}

export async function loadDraft(store, user, mast) {
  return (await store.get("drafts", `${user}:${mast}`)) ?? newDraft(user, mast);
}

export function saveDraft(store, draft) {
  return store.put("drafts", draft);
}

export function photosOf(store, visit) {
  return store.getAllFromIndex("photos", "visit", visit);
}

// The draft leaves and the visit enters in one transaction: a phone that dies keeps one of them.
export async function queueVisit(store, draft, visit) {
  const change = store.transaction(["drafts", "visits"], "readwrite");
  await Promise.all([
    change.objectStore("visits").put(visit),
    change.objectStore("drafts").delete(draft.key),
    change.done,
  ]);
}

export async function forgetVisit(store, uuid) {
  const change = store.transaction(["visits", "photos"], "readwrite");
  for (const key of await change.objectStore("photos").index("visit").getAllKeys(uuid)) {
    await change.objectStore("photos").delete(key);
  }
  await change.objectStore("visits").delete(uuid);
  await change.done;
}
