import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { counts, flush } from "./outbox.js";
import { loadDraft, openStore, photosOf, queueVisit, saveDraft } from "./store.js";

const USER = 7;
let store;

// A server that keeps what it received by number, and a network that can be cut.
function fakeNetwork() {
  const received = { visits: new Map(), photos: new Map(), calls: 0 };
  let plan = () => "ok";
  const reply = (known, key, body) => {
    received.calls += 1;
    const how = plan(received.calls);
    if (how === "cut") return { kind: "waiting" };
    if (how === "refuse") return { kind: "answer", ok: false, body: { sentences: ["Sai"] } };
    known.set(key, body);
    if (how === "lost answer") return { kind: "waiting" };
    return { kind: "answer", ok: true, body: { grade: "D", reasons: [], url: "/" } };
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
  await queueVisit(store, draft, { uuid: draft.uuid, user: USER, payload: { uuid: draft.uuid } });
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
  assert.deepEqual(await counts(store, USER), { visits: 0, photos: 0, refused: [] });
});

test("a cut between photos sends only the missing ones later", async () => {
  const uuid = await aVisit(1, 3);
  const network = fakeNetwork();
  network.behave((call) => (call === 3 ? "cut" : "ok"));
  await flush(store, { user: USER, send: network });
  assert.equal((await photosOf(store, uuid)).filter((photo) => !photo.sent).length, 2);
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
  await flush(store, { user: USER, send: network });
  const { refused } = await counts(store, USER);
  assert.deepEqual(refused[0].refusal, ["Sai"]);
  assert.equal(network.received.visits.size, 1);
});

test("another person's visits on the same phone are not sent in my name", async () => {
  await aVisit(1);
  const network = fakeNetwork();
  await flush(store, { user: 8, send: network });
  assert.equal(network.received.calls, 0);
});
