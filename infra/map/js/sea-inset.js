// Hoàng Sa and Trường Sa: labels on the map, and a small box while they lie outside the view.
import { _, h, svg } from "./dom.js";
import { ARCHIPELAGOS, COAST, needsInset } from "./east-sea.js";

const VIEW = { west: 104, north: 22, perDegree: 9 };

export function seaInset(map) {
  const element = h("figure", { class: "tt-sea-inset", hidden: true }, picture(), h("figcaption", {}, _("Hoàng Sa and Trường Sa (Việt Nam)")));
  L.layerGroup(ARCHIPELAGOS.flatMap(marks)).addTo(map);
  const update = () => {
    const bounds = map.getBounds();
    const box = { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
    element.hidden = !needsInset(box);
  };
  map.on("moveend zoomend resize", update);
  map.whenReady(update);
  return element;
}

function marks({ name, center, islands }) {
  const dots = islands.map((place) =>
    L.circleMarker(place, { radius: 2.5, color: "#5a4f6b", weight: 1, fillColor: "#e9e2d2", fillOpacity: 1, interactive: false }),
  );
  const label = h("span", { class: "tt-sea-name" }, `${name} (Việt Nam)`);
  const icon = L.divIcon({ className: "tt-sea-label", html: label, iconSize: undefined });
  return [...dots, L.marker(center, { icon, interactive: false, keyboard: false })];
}

const at = (lon, lat) => [(lon - VIEW.west) * VIEW.perDegree, (VIEW.north - lat) * VIEW.perDegree];

function picture() {
  const coast = COAST.map(([lon, lat]) => at(lon, lat).join(",")).join(" ");
  const root = svg("svg", { viewBox: "0 0 112 150", role: "img", "aria-label": _("Hoàng Sa and Trường Sa (Việt Nam)") });
  root.append(
    svg("rect", { x: 0, y: 0, width: 112, height: 150, fill: "#cfe0e8" }),
    svg("polygon", { points: `0,0 36,0 ${coast.split(" ").reverse().join(" ")} 0,122`, fill: "#efeadf", stroke: "#b9ab93", "stroke-width": 0.8 }),
  );
  for (const { name, islands } of ARCHIPELAGOS) {
    for (const [lat, lon] of islands) {
      const [cx, cy] = at(lon, lat);
      root.append(svg("circle", { cx, cy, r: 1.5, fill: "#5a4f6b" }));
    }
    const [x, y] = at(name.includes("Hoàng") ? 112 : 112.9, name.includes("Hoàng") ? 17.9 : 12.2);
    root.append(svg("text", { x, y, "font-size": 8.5, "font-weight": 600, "text-anchor": "middle", fill: "#40374e" }, name.replace("Quần đảo ", "")));
  }
  return root;
}
