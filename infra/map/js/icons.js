// Line icons of 20 × 20.
import { svg } from "./dom.js";

const PATHS = {
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  layers: "M10 3 3 7l7 4 7-4-7-4ZM3.5 10.5 10 14l6.5-3.5M3.5 13.8 10 17.3l6.5-3.5",
  ruler: "M2.5 13.5 13.5 2.5l4 4-11 11-4-4ZM5.5 10.5l2 2M8.5 7.5l2 2M11.5 4.5l2 2",
  locate: "M10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3M10 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM10 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Z",
  full: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4",
  print: "M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6Z",
  send: "M4 10v7h12v-7M10 13V3M6.5 6 10 2.5 13.5 6",
  home: "M3 9.5 10 3l7 6.5M5 8v9h10V8",
  search: "M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM12.6 12.6 17 17",
  close: "M5 5l10 10M15 5 5 15",
};

export function icon(name) {
  const shape = svg("path", {
    d: PATHS[name],
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.7,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, shape);
}
