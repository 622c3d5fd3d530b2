// The page of units: the chosen one is outlined on the map.
import { need } from "../find.js";
import { createMap } from "../../../map/js/map.js";

const view = createMap(need("[data-map]"));
const shape = JSON.parse(document.getElementById("unit-shape")?.textContent ?? "null");
if (shape) view.showEvidence(shape, { tone: "new" });
