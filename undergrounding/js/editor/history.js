// Undo over whole drawings. Acts that share a key in a row (typing in one field) are one step.

export function createHistory(first) {
  let past = [];
  let present = { drawing: first, label: "", key: null };
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
      return future.length ? future.at(-1).label : null;
    },
    push(drawing, label, key = null) {
      if (drawing === present.drawing) return;
      if (!(key && key === present.key)) past.push(present);
      present = { drawing, label, key };
      future = [];
    },
    undo() {
      if (!past.length) return false;
      future.push(present);
      present = past.pop();
      return true;
    },
    redo() {
      if (!future.length) return false;
      past.push(present);
      present = future.pop();
      return true;
    },
    restart(drawing) {
      past = [];
      future = [];
      present = { drawing, label: "", key: null };
    },
  };
}
