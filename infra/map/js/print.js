// A sheet of paper: title, map, legend, scale, north, date; illustrative data says so.
import { _, h, svg } from "./dom.js";
import { printLegend } from "./layer-panel.js";

const PATIENCE_MS = 6000;

export async function printMap(view) {
  const { element, map, config } = view;
  const title = window.prompt(_("Title of the sheet"), document.title.split(" · ")[0]);
  if (title === null) return;
  const sheet = sheetParts(config, title, (key) => view.isSeen(key));
  element.prepend(sheet.head);
  element.append(sheet.foot);
  document.documentElement.classList.add("is-printing-map");
  element.classList.add("is-printed");
  const center = map.getCenter();
  map.invalidateSize({ animate: false });
  map.setView(center, map.getZoom(), { animate: false });
  await Promise.race([view.idle(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  window.print();
  sheet.head.remove();
  sheet.foot.remove();
  element.classList.remove("is-printed");
  document.documentElement.classList.remove("is-printing-map");
  map.invalidateSize({ animate: false });
}

function sheetParts(config, title, isSeen) {
  const today = new Date().toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
  const demo = config.demo ? h("p", { class: "tt-print-demo" }, "DỮ LIỆU MINH HỌA") : null;
  const head = h("header", { class: "tt-print-head" }, h("h1", {}, title), demo, h("p", {}, today));
  const foot = h("footer", { class: "tt-print-foot" }, northArrow(), printLegend(config, isSeen));
  return { head, foot };
}

function northArrow() {
  return svg(
    "svg",
    { viewBox: "0 0 24 34", width: 24, height: 34, role: "img", "aria-label": _("North is up") },
    svg("path", { d: "M12 10 19 32 12 27 5 32Z", fill: "none", stroke: "#000", "stroke-width": 1.5 }),
    svg("path", { d: "M12 10 19 32 12 27Z", fill: "#000" }),
    svg("text", { x: 12, y: 8, "font-size": 9, "text-anchor": "middle", "font-weight": 600 }, "B"),
  );
}
