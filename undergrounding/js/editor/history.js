// Undo over whole drawings. Acts that share a key in a row (typing in one field) are one step.

/**
 * @typedef {{ drawing: import("./types.js").Drawing, label: string, key: string | null }} Step
 * @param {import("./types.js").Drawing} first
 */
export function createHistory(first) {
  /** @type {Step[]} */
  let past = [];
  /** @type {Step} */
  let present = { drawing: first, label: "", key: null };
  /** @type {Step[]} */
  let future = [];
  return {
    get drawing() {
      return present.drawing;
    },
    get key() {
      return present.key;
    },
    get undoLabel() {
      return past.length ? present.label : null;
    },
    get redoLabel() {
      return future.at(-1)?.label ?? null;
    },
    /**
     * @param {import("./types.js").Drawing} drawing
     * @param {string} label
     * @param {string | null} [key]
     */
    push(drawing, label, key = null) {
      if (drawing === present.drawing) return;
      if (!(key && key === present.key)) past.push(present);
      present = { drawing, label, key };
      future = [];
    },
    undo() {
      const before = past.pop();
      if (!before) return false;
      future.push(present);
      present = before;
      return true;
    },
    redo() {
      const after = future.pop();
      if (!after) return false;
      past.push(present);
      present = after;
      return true;
    },
    restart(drawing) {
      past = [];
      future = [];
      present = { drawing, label: "", key: null };
    },
  };
}
