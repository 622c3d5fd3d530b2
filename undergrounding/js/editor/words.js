// The editor's sentences; English is the key, Django's catalogue has the Vietnamese.

export const _ = (text) => (typeof gettext === "function" ? gettext(text) : text);

/** "%(n)s m" with its values. */
export const fill = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

const ACTS = {
  draw: () => _("draw"),
  backspace: () => _("take back the last vertex"),
  move: () => _("move a vertex"),
  insert: () => _("insert a vertex"),
  delete: () => _("delete a vertex"),
  split: () => _("split a segment"),
  merge: () => _("merge segments"),
  describe: () => _("describe a segment"),
  reverse: () => _("turn the line round"),
  import: () => _("import a line"),
  theirs: () => _("take the saved drawing"),
};

export const actName = (label) => ACTS[label]?.() ?? label;

/** What the pointer has caught: "centre line of Nguyễn Huệ". */
export function targetName({ kind, name }) {
  if (kind === "vertex") return _("vertex of this route");
  if (kind === "line") return fill(_("route %(name)s"), { name });
  if (kind !== "road") return "";
  return name ? fill(_("centre line of %(name)s"), { name }) : _("centre line of a road without a name");
}

/** "3 seconds ago" from a count of seconds. */
export function ago(seconds) {
  if (seconds < 2) return _("just now");
  if (seconds < 60) return fill(_("%(n)s seconds ago"), { n: Math.floor(seconds) });
  if (seconds < 3600) return fill(_("%(n)s minutes ago"), { n: Math.floor(seconds / 60) });
  return fill(_("%(n)s hours ago"), { n: Math.floor(seconds / 3600) });
}
