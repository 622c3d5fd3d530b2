// The long profile under the map: ground line, ducts at their depth, chainage under the pointer.

import { chainage, metres } from "./format.js";
import { chainages, pointAt, project } from "./measure.js";
import { bands, deepest, ticks } from "./profile.js";
import { _, fill } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 14;
const GROUND = 24;

/**
 * @param {SVGElement} parent
 * @param {string} name
 * @param {Record<string, any>} attributes
 * @param {string} [text]
 */
function shape(parent, name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

/** onHover(place or null) tells the map; onPick(segment index) selects. */
export function createStrip(svg, readout, editor, { onHover, onPick, methodName }) {
  let total = 0;
  let scale = 1;
  /** @type {SVGElement | null} */
  let cursor = null;

  function draw() {
    const { vertices } = editor.drawing;
    const width = svg.clientWidth || 600;
    const height = svg.clientHeight || 84;
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    total = chainages(vertices).at(-1) ?? 0;
    scale = total ? (width - 2 * EDGE) / total : 0;
    const floor = height - 18;
    const depthScale = (floor - GROUND - 6) / deepest(editor.drawing);
    shape(svg, "line", { x1: EDGE, x2: width - EDGE, y1: GROUND, y2: GROUND, class: "strip-ground" });
    for (const band of bands(editor.drawing)) drawBand(band, floor, depthScale);
    if (total) drawAxis(width, height, floor);
    cursor = shape(svg, "line", { y1: 2, y2: floor, class: "strip-cursor", visibility: "hidden" });
    show(null);
  }

  function drawAxis(width, height, floor) {
    for (const mark of ticks(total, Math.max(2, Math.floor(width / 110)))) {
      const x = EDGE + mark * scale;
      shape(svg, "line", { x1: x, x2: x, y1: floor, y2: floor + 4, class: "strip-tick" });
      const anchor = mark ? "middle" : "start";
      shape(svg, "text", { x, y: height - 3, class: "strip-mark", "text-anchor": anchor }, chainage(mark));
    }
  }

  function drawBand({ index, from, to, method, depth }, floor, depthScale) {
    const [x, width] = [EDGE + from * scale, Math.max(1, (to - from) * scale)];
    const chosen = editor.state.segment === index ? " is-chosen" : "";
    const group = shape(svg, "g", { class: `strip-band${chosen}`, "data-segment": index });
    shape(group, "rect", { x, y: 2, width, height: floor - 2, class: "strip-area" });
    const y = depth === null ? GROUND + 3 : GROUND + depth * depthScale;
    const unknown = depth === null || !method ? " is-untold" : "";
    shape(group, "rect", { x, y: y - 2, width, height: 5, class: `strip-duct${unknown}` });
    const title = `${index + 1}. ${method ? methodName(method) : _("method not chosen")}`;
    const text = depth === null ? title : `${title} · ${String(depth).replace(".", ",")} m`;
    shape(group, "title", {}, text);
    if (width > 60) {
      const fits = text.length * 6.2 < width - 12 ? text : `${index + 1}`;
      shape(group, "text", { x: x + 6, y: Math.min(y + 15, floor - 3), class: "strip-name" }, fits);
    }
  }

  function show(at) {
    if (at === null || !total || !cursor) {
      cursor?.setAttribute("visibility", "hidden");
      readout.textContent = total ? `0+000 – ${chainage(total)} · ${metres(total)}` : "";
      return;
    }
    const x = EDGE + at * scale;
    cursor.setAttribute("x1", String(x));
    cursor.setAttribute("x2", String(x));
    cursor.setAttribute("visibility", "visible");
    readout.textContent = fill(_("Chainage %(at)s of %(total)s"), {
      at: chainage(at),
      total: chainage(total),
    });
  }

  const under = (event) => {
    const x = event.clientX - svg.getBoundingClientRect().left;
    return Math.min(total, Math.max(0, (x - EDGE) / (scale || 1)));
  };
  svg.addEventListener("pointermove", (event) => {
    if (!total) return;
    show(under(event));
    onHover(pointAt(editor.drawing.vertices, under(event))?.point ?? null);
  });
  svg.addEventListener("pointerleave", () => {
    show(null);
    onHover(null);
  });
  svg.addEventListener("click", (event) => {
    const band = event.target.closest("[data-segment]");
    if (band) onPick(Number(band.dataset.segment));
  });

  return {
    draw,
    /** The pointer is on the map: mark the nearest chainage, if it is near the line. */
    follow(place, reach) {
      const found = project(editor.drawing.vertices, place);
      show(found && found.offset <= reach ? found.chainage : null);
    },
  };
}
