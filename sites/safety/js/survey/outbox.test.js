import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { counts, discard, flush, refusals, retry } from "./outbox.js";
import { reopenVisit } from "./reopen.js";
import { loadDraft, openStore, photosOf, queueVisit, saveDraft } from "./store.js";

const USER = 7;
const NOTHING = { visits: 0, photos: 0, refusedVisits: 0, refusedPhotos: 0 };
let store;

// A server that keeps what it received by number, and a network that can be cut.
function fakeNetwork() {
  const received = { visits: new Map(), photos: new Map(), calls: 0 };
  let plan = () => "ok";
  const reply = (known, key, body) => {
    received.calls += 1;
    const how = plan(received.calls);
    if (how === "cut") return { kind: "waiting" };
    if (how === "refuse") return { kind: "answer", ok: false, status: 422, body: { sentences: ["Sai"] } };
    if (how === "conflict") return { kind: "answer", ok: false, status: 409, body: { sentences: ["Trùng"] } };
    if (how === "stranger") return { kind: "answer", ok: true, body: { sentences: [] } };
    known.set(key, body);
    if (how === "lost answer") return { kind: "waiting" };
    return { kind: "answer", ok: true, body: { uuid: key, receipt: `r-${key}`, grade: "D", reasons: [] } };
  };
  return {
    received,
    behave: (next) => (plan = next),
    json: async (_url, payload) => reply(received.visits, payload.uuid, payload),
    photo: async (_url, photo) => reply(received.photos, photo.uuid, photo),
  };
}

async function aVisit(number, photos = 0) {
  const draft = await loadDraft(store, USER, `mast-${number}`);
  await saveDraft(store, draft);
  for (let index = 0; index < photos; index += 1) {
    await store.put("photos", { uuid: crypto.randomUUID(), visit: draft.uuid, item: "", blob: "x" });
  }
  const payload = { uuid: draft.uuid, kind: "survey", answers: [], measurements: [], lat: null };
  await queueVisit(store, draft, { uuid: draft.uuid, user: USER, mast: `mast-${number}`, payload });
  return draft.uuid;
}

beforeEach(async () => {
  store = await openStore();
  for (const name of ["drafts", "visits", "photos"]) await store.clear(name);
});

test("a draft opened again is the same visit with the same fields", async () => {
  const draft = await loadDraft(store, USER, "mast-1");
  draft.fields = { note: "gỉ nặng" };
  await saveDraft(store, draft);
  assert.deepEqual(await loadDraft(store, USER, "mast-1"), draft);
});

test("without a network everything waits and nothing is lost", async () => {
  await aVisit(1, 2);
  const network = fakeNetwork();
  network.behave(() => "cut");
  assert.equal(await flush(store, { user: USER, send: network }), "waiting");
  const waiting = await counts(store, USER);
  assert.equal(waiting.visits, 1);
  assert.equal(waiting.photos, 2);
});

test("a lost answer is asked again and received once", async () => {
  const uuid = await aVisit(1, 1);
  const network = fakeNetwork();
  network.behave((call) => (call === 1 ? "lost answer" : "ok"));
  await flush(store, { user: USER, send: network });
  assert.equal(await flush(store, { user: USER, send: network }), "done");
  assert.deepEqual([...network.received.visits.keys()], [uuid]);
  assert.equal(network.received.photos.size, 1);
  assert.deepEqual(await counts(store, USER), NOTHING);
});

test("a cut between photos sends only the missing ones later", async () => {
  const uuid = await aVisit(1, 3);
  const network = fakeNetwork();
  network.behave((call) => (call === 3 ? "cut" : "ok"));
  await flush(store, { user: USER, send: network });
  assert.equal((await photosOf(store, uuid)).filter((photo) => !photo.receipt).length, 2);
  network.behave(() => "ok");
  await flush(store, { user: USER, send: network });
  assert.equal(network.received.photos.size, 3);
  assert.equal(network.received.calls, 5);
});

test("a refused visit stays on the phone with the reason and does not block the next", async () => {
  await aVisit(1);
  await aVisit(2);
  const network = fakeNetwork();
  network.behave((call) => (call === 1 ? "refuse" : "ok"));
  assert.equal(await flush(store, { user: USER, send: network }), "refused");
  const [refused] = await refusals(store, USER);
  assert.deepEqual(refused.visit.refusal, ["Sai"]);
  assert.equal(network.received.visits.size, 1);
});

test("another person's visits on the same phone are not sent in my name", async () => {
  await aVisit(1);
  const network = fakeNetwork();
  await flush(store, { user: 8, send: network });
  assert.equal(network.received.calls, 0);
});

test("a refused photo keeps its visit on the phone, with the reason, and nothing says done", async () => {
  const uuid = await aVisit(1, 3);
  const network = fakeNetwork();
  network.behave((call) => (call === 3 ? "refuse" : "ok"));
  assert.equal(await flush(store, { user: USER, send: network }), "refused");
  assert.equal(await flush(store, { user: USER, send: network }), "refused");
  assert.equal(network.received.calls, 4);
  const [{ visit, photos }] = await refusals(store, USER);
  assert.equal(visit.uuid, uuid);
  assert.deepEqual(photos.map((photo) => [photo.blob, photo.refusal]), [["x", ["Sai"]]]);
  assert.deepEqual(await counts(store, USER), { ...NOTHING, refusedPhotos: 1 });
});

test("a refused photo that is tried again is received, and only then the visit is forgotten", async () => {
  const uuid = await aVisit(1, 1);
  const network = fakeNetwork();
  network.behave((call) => (call === 2 ? "refuse" : "ok"));
  await flush(store, { user: USER, send: network });
  const [photo] = await photosOf(store, uuid);
  await retry(store, "photos", photo.uuid);
  assert.equal(await flush(store, { user: USER, send: network }), "done");
  assert.equal(network.received.photos.size, 1);
  assert.equal(await store.get("visits", uuid), undefined);
  assert.deepEqual(await photosOf(store, uuid), []);
});

test("a discarded photo lets the rest of its visit go", async () => {
  const uuid = await aVisit(1, 2);
  const network = fakeNetwork();
  network.behave((call) => (call === 2 ? "refuse" : "ok"));
  await flush(store, { user: USER, send: network });
  const [{ photos }] = await refusals(store, USER);
  await discard(store, "photos", photos[0].uuid);
  assert.equal(await flush(store, { user: USER, send: network }), "done");
  assert.equal(network.received.photos.size, 1);
  assert.equal(await store.get("visits", uuid), undefined);
});

test("a discarded visit takes its photos along", async () => {
  const uuid = await aVisit(1, 2);
  const network = fakeNetwork();
  network.behave(() => "refuse");
  await flush(store, { user: USER, send: network });
  await discard(store, "visits", uuid);
  assert.equal(await flush(store, { user: USER, send: network }), "done");
  assert.deepEqual(await photosOf(store, uuid), []);
});

test("an answer without the visit's own number is no receipt", async () => {
  const uuid = await aVisit(1, 1);
  const network = fakeNetwork();
  network.behave((call) => (call === 1 || call === 3 ? "stranger" : "ok"));
  assert.equal(await flush(store, { user: USER, send: network }), "waiting");
  assert.equal(await flush(store, { user: USER, send: network }), "waiting");
  assert.equal((await photosOf(store, uuid)).length, 1);
  assert.equal(await flush(store, { user: USER, send: network }), "done");
});

test("a photo taken in another window while sending keeps the visit on the phone", async () => {
  const uuid = await aVisit(1, 1);
  const network = fakeNetwork();
  const photo = { uuid: crypto.randomUUID(), visit: uuid, item: "", blob: "y" };
  const sendPhoto = network.photo;
  network.photo = async (...all) => {
    await store.put("photos", photo);
    return sendPhoto(...all);
  };
  assert.equal(await flush(store, { user: USER, send: network }), "waiting");
  assert.equal((await photosOf(store, uuid)).length, 2);
  assert.equal(await flush(store, { user: USER, send: network }), "done");
});

for (const [how, isSame] of [["refuse", true], ["conflict", false]]) {
  test(`a visit answered with ${how} becomes a draft again with its photos`, async () => {
    const uuid = await aVisit(1, 2);
    const network = fakeNetwork();
    network.behave(() => how);
    await flush(store, { user: USER, send: network });
    const draft = await reopenVisit(store, await store.get("visits", uuid));
    assert.equal(draft.uuid === uuid, isSame);
    assert.equal((await photosOf(store, draft.uuid)).length, 2);
    assert.deepEqual(await loadDraft(store, USER, "mast-1"), draft);
    assert.equal(await store.get("visits", uuid), undefined);
  });
}
