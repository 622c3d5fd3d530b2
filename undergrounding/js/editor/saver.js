// Saves by itself: waits for a pause, sends, tries again when the network fails, stops at a conflict.
// Every sending carries a save_id that stays the same while it is retried: repeated, it is one save.

const PAUSE = 1200;
const RETRY = [3000, 6000, 12000, 30000];

/**
 * snapshot() gives what to send, or null where nothing can be saved yet; send(payload) resolves to
 * { status, body } and rejects without network; tell(state, detail) hears:
 * idle · waiting · saving · saved · offline · conflict · refused.
 */
export function createSaver({ snapshot, send, tell, newId, timers = globalThis }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let sending = false;
  let dirty = false;
  let failures = 0;
  let stopped = false;
  let pending = null;

  const plan = (milliseconds) => {
    timers.clearTimeout(timer);
    timer = timers.setTimeout(run, milliseconds);
  };

  async function run() {
    timers.clearTimeout(timer);
    timer = undefined;
    if (sending || stopped || !(dirty || pending)) return;
    if (dirty) {
      const content = snapshot();
      dirty = false;
      pending = content && { ...content, save_id: newId() };
    }
    if (!pending) return tell("idle");
    sending = true;
    tell("saving");
    try {
      settle(await send(pending));
    } catch {
      const wait = RETRY[Math.min(failures, RETRY.length - 1)];
      failures += 1;
      tell("offline", { wait });
      plan(wait);
    } finally {
      sending = false;
    }
    if (dirty && !stopped && timer === undefined) plan(PAUSE);
  }

  function settle({ status, body }) {
    if (status === 409) {
      stopped = true;
      tell("conflict", body);
    } else if (status >= 500 || status === 429) {
      throw new Error("try again");
    } else {
      pending = null;
      failures = 0;
      tell(status < 300 ? "saved" : "refused", body);
    }
  }

  return {
    changed() {
      dirty = true;
      if (stopped || sending) return;
      if (failures) return;
      tell("waiting");
      plan(PAUSE);
    },
    /** Send at once; resolves when that sending ended. */
    async flush() {
      while (sending) await new Promise((done) => timers.setTimeout(done, 50));
      await run();
    },
    /** After a conflict was settled by the person. */
    resume() {
      stopped = false;
      pending = null;
      failures = 0;
      dirty = true;
      plan(0);
    },
    /** After a conflict: what the server has is right, nothing is left to send. */
    settle() {
      stopped = false;
      pending = null;
      dirty = false;
    },
    get unsaved() {
      return dirty || sending || pending !== null;
    },
  };
}
