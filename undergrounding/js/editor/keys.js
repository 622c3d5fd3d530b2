// The keyboard: one table, used for the acts and for the list that explains them.

const IN_TEXT = ["save", "escape"];
const IN_CHOICE = [...IN_TEXT, "undo", "redo"];

/** handlers: act name → function(event); `keys` in the table are event.key in lower case. */
export const KEYS = [
  { act: "draw", keys: ["d"] },
  { act: "select", keys: ["v"] },
  { act: "split", keys: ["x"] },
  { act: "snapping", keys: ["s"] },
  { act: "following", keys: ["f"] },
  { act: "aim", keys: ["c"] },
  { act: "enter", keys: ["enter"] },
  { act: "escape", keys: ["escape"] },
  { act: "delete", keys: ["delete", "backspace"] },
  { act: "undo", keys: ["z"], ctrl: true },
  { act: "redo", keys: ["y"], ctrl: true },
  { act: "redo", keys: ["z"], ctrl: true, shift: true },
  { act: "save", keys: ["s"], ctrl: true },
  { act: "nextVertex", keys: ["n"] },
  { act: "previousVertex", keys: ["n"], shift: true },
  { act: "nextSegment", keys: ["]"] },
  { act: "previousSegment", keys: ["["] },
  { act: "merge", keys: ["m"] },
  { act: "nudge", keys: ["arrowup", "arrowdown", "arrowleft", "arrowright"], anyShift: true },
  { act: "help", keys: ["?"], anyShift: true },
];

export function actOf(event) {
  const key = event.key.toLowerCase();
  const ctrl = event.ctrlKey || event.metaKey;
  return KEYS.find(
    (row) =>
      row.keys.includes(key) &&
      Boolean(row.ctrl) === ctrl &&
      (row.anyShift || Boolean(row.shift) === event.shiftKey),
  )?.act;
}

/** Listens before Leaflet does, so that arrows may move a vertex instead of the map. */
export function bindKeys(target, handlers) {
  target.addEventListener(
    "keydown",
    (event) => {
      const act = actOf(event);
      if (!act || document.querySelector("dialog[open]")) return;
      const at = (selector) => event.target.matches?.(selector);
      if (at("input, textarea") && !IN_TEXT.includes(act)) return;
      if (at("select") && !IN_CHOICE.includes(act)) return;
      if (at("button, a, summary") && act === "enter") return;
      if (handlers[act]?.(event) === false) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
