// Where on the map nothing of ours lies over it, and the view that fills it.
/** @typedef {import("./collision.js").Rect} Rect */
import { overlap } from "./collision.js";

const EDGE = 10;
// Parts of the page that lie over the map, in their order on the screen.
const COVERS = ".tt-map-top > *, .tt-map-tools, .tt-map-side, .tt-map-bar, .tt-sea-inset, .leaflet-control-attribution";

/**
 * The rectangle free of covers in which a box of this shape (width ÷ height) is largest.
 * @param {{ width: number, height: number }} size
 * @param {Rect[]} covers
 * @param {number} shape
 * @returns {Rect}
 */
export function freeArea({ width, height }, covers, shape) {
  const whole = { minX: EDGE, minY: EDGE, maxX: width - EDGE, maxY: height - EDGE };
  const lefts = [whole.minX, ...covers.map((cover) => cover.maxX + EDGE)];
  const rights = [whole.maxX, ...covers.map((cover) => cover.minX - EDGE)];
  const tops = [whole.minY, ...covers.map((cover) => cover.maxY + EDGE)];
  const bottoms = [whole.maxY, ...covers.map((cover) => cover.minY - EDGE)];
  let best = whole;
  let most = 0;
  for (const minX of lefts) {
    for (const maxX of rights) {
      for (const minY of tops) {
        for (const maxY of bottoms) {
          const found = Math.min(maxX - minX, (maxY - minY) * shape);
          const area = { minX, minY, maxX, maxY };
          if (found <= most || !isWithin(area, whole) || covers.some((cover) => overlap(cover, area))) continue;
          [best, most] = [area, found];
        }
      }
    }
  }
  return best;
}

const isWithin = (area, whole) =>
  area.minX >= whole.minX && area.minY >= whole.minY && area.maxX <= whole.maxX && area.maxY <= whole.maxY;

/**
 * Show west, south, east, north as large as what is free allows. Twice, because what lies over the
 * map (the box with the archipelagos) depends on what it shows.
 * @param {import("leaflet").Map} map
 * @param {HTMLElement} element
 * @param {import("./types.js").Box} bounds
 * @param {import("leaflet").FitBoundsOptions} options
 */
export function fitFree(map, element, [west, south, east, north], options) {
  const box = L.latLngBounds([[south, west], [north, east]]);
  const upper = map.project(box.getNorthWest(), 10);
  const lower = map.project(box.getSouthEast(), 10);
  const shape = (lower.x - upper.x) / (lower.y - upper.y);
  for (const turn of options.animate === false ? [1, 2] : [1]) {
    const { width, height } = element.getBoundingClientRect();
    const area = freeArea({ width, height }, coversOf(element), shape);
    map.fitBounds(box, {
      maxZoom: 17,
      paddingTopLeft: [area.minX, area.minY],
      paddingBottomRight: [width - area.maxX, height - area.maxY],
      ...options,
      animate: turn === 1 ? options.animate : false,
    });
  }
}

function coversOf(element) {
  const frame = element.getBoundingClientRect();
  return [...element.querySelectorAll(COVERS)]
    .map((cover) => cover.getBoundingClientRect())
    .filter(({ width, height }) => width && height)
    .map((box) => ({ minX: box.left - frame.left, maxX: box.right - frame.left, minY: box.top - frame.top, maxY: box.bottom - frame.top }));
}
