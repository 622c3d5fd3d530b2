// The editor of a position: pick on the map, see what the rules say, kept as a draft by itself.
import { setUpCoordinates } from "../../../../infra/places/js/coordinate.js";
import { need } from "../../../../infra/web/js/find.js";
import { DraftKeeper } from "../appraisal/draft-keeper.js";
import { Preview } from "../appraisal/preview.js";
import { mapOfPage, pickAgain } from "../appraisal/page-map.js";

const NEAR_ZOOM = 17;
const FAR_ZOOM = 15;

const form = need("#position-form");
const saved = need("[data-saved]");
const map = mapOfPage();
const preview = new Preview(form, need("[data-findings-box]"), map);
const keeper = new DraftKeeper(form, (words, kind) => {
  saved.textContent = words;
  saved.dataset.kind = kind;
});

const tellPlace = (place) => document.dispatchEvent(new CustomEvent("coordinate:pick", { detail: place }));
let stopPicking = pickAgain(map, tellPlace);

document.addEventListener("coordinate:change", ({ detail }) => {
  stopPicking();
  stopPicking = pickAgain(map, tellPlace);
  if (!detail) return;
  if (map.leaflet.getZoom() < FAR_ZOOM) map.leaflet.setView([detail.lat, detail.lon], NEAR_ZOOM);
  keeper.touch();
  preview.ask();
});
for (const name of ["input", "change"]) form.addEventListener(name, () => preview.ask());

keeper.start();
setUpCoordinates(document);
