// The address keeps the view, the layers and the selection, so that any state can be sent on.
export function readState(search) {
  const params = new URLSearchParams(search);
  /** @type {import("./types.js").MapState} */
  const state = {};
  const place = (params.get("v") ?? "").split(",").map(Number);
  if (place.length === 3 && place.every(Number.isFinite) && isPlace(place)) {
    state.zoom = place[0];
    state.center = [place[1], place[2]];
  }
  const layers = params.get("lop");
  if (layers !== null) state.layers = layers.split(",").filter(Boolean);
  if (params.get("mo") === "0") state.faint = false;
  const [layer, id] = (params.get("chon") ?? "").split(":");
  if (layer && id) state.selected = { layer, id };
  return state;
}

export function writeState(search, { zoom, center, layers, faint = true, selected }) {
  const params = new URLSearchParams(search);
  params.set("v", `${round(zoom, 2)},${round(center[0], 5)},${round(center[1], 5)}`);
  params.set("lop", layers.join(","));
  if (faint) params.delete("mo");
  else params.set("mo", "0");
  if (selected) params.set("chon", `${selected.layer}:${selected.id}`);
  else params.delete("chon");
  return `?${params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** @param {number[]} place */
const isPlace = ([zoom, lat, lon]) =>
  zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

const round = (value, digits) => Number(value.toFixed(digits));
