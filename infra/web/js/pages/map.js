// Every [data-map] of the page becomes a map; a list beside it selects and is selected.
import "../../../map/css/map.css";
import { followMap } from "../../../map/js/map-list.js";
import { all } from "../find.js";
import { createMap } from "../../../map/js/map.js";

for (const element of all("[data-map]")) createMap(element);
for (const list of all("[data-map-list]")) {
  const element = document.getElementById(list.dataset.mapList ?? "");
  if (element) followMap(list, createMap(element));
}
