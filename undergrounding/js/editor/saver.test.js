import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createSaver } from "./saver.js";

function rig(t, answers) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const sent = [];
  const told = [];
  let id = 0;
  const page = { content: { name: "a" } };
  const saver = createSaver({
    snapshot: () => page.content,
    send: async (payload) => {
      sent.push(payload);
      const answer = answers.shift();
      if (!answer) throw new TypeError("network");
      return answer;
    },
    tell: (state) => told.push(state),
    newId: () => `id-${(id += 1)}`,
  });
  const pass = async (milliseconds) => {
    mock.timers.tick(milliseconds);
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  return { saver, sent, told, page, pass };
}

const OK = { status: 200, body: {} };

test("many changes in a row are one sending", async (t) => {
  const { saver, sent, told, pass } = rig(t, [OK]);
  for (let i = 0; i < 20; i += 1) saver.changed();
  await pass(1200);
  assert.equal(sent.length, 1);
  assert.equal(told.at(-1), "saved");
  assert.equal(saver.unsaved, false);
});

test("without network the same save is sent again under the same id", async (t) => {
  const { saver, sent, told, pass } = rig(t, [null, null, OK]);
  saver.changed();
  await pass(1200);
  assert.equal(told.at(-1), "offline");
  assert.ok(saver.unsaved);
  await pass(3000);
  await pass(6000);
  assert.equal(told.at(-1), "saved");
  assert.deepEqual(new Set(sent.map((payload) => payload.save_id)), new Set(["id-1"]));
});

test("what changes while offline goes out under a new id", async (t) => {
  const { saver, sent, page, pass } = rig(t, [null, OK]);
  saver.changed();
  await pass(1200);
  page.content = { name: "b" };
  saver.changed();
  await pass(3000);
  assert.equal(sent[1].name, "b");
  assert.notEqual(sent[1].save_id, sent[0].save_id);
});

test("a conflict stops the saving until the person settles it", async (t) => {
  const { saver, sent, told, pass } = rig(t, [{ status: 409, body: {} }, OK]);
  saver.changed();
  await pass(1200);
  assert.equal(told.at(-1), "conflict");
  saver.changed();
  await pass(60000);
  assert.equal(sent.length, 1);
  saver.resume();
  await pass(0);
  assert.equal(told.at(-1), "saved");
});

test("a refusal is told and not repeated", async (t) => {
  const { saver, sent, told, pass } = rig(t, [{ status: 422, body: {} }]);
  saver.changed();
  await pass(1200);
  await pass(60000);
  assert.equal(told.at(-1), "refused");
  assert.equal(sent.length, 1);
});

test("a drawing that cannot be saved yet is not sent", async (t) => {
  const { saver, sent, told, page, pass } = rig(t, []);
  page.content = null;
  saver.changed();
  await pass(1200);
  assert.equal(told.at(-1), "idle");
  assert.equal(sent.length, 0);
});
