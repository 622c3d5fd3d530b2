// The officer's workbench: rules draw their evidence, arrows turn pages, the map picks places.
import { press } from "../../../../infra/web/js/find.js";
import { showFindings } from "../appraisal/findings.js";
import { takeOutcome } from "../appraisal/outcome.js";
import { mapOfPage } from "../appraisal/page-map.js";
import { takePins } from "../appraisal/pins.js";
import { drawScene } from "../appraisal/scene.js";

const map = mapOfPage();
drawScene(map, "scene");
showFindings(document, map);
takePins(map);
const form = document.querySelector("[data-outcome]");
if (form) takeOutcome(form, map);

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = /** @type {Element} */ (event.target);
  if (target.closest("input, textarea, select, .leaflet-container, [role=radiogroup]")) return;
  press(`[data-key="${CSS.escape(event.key)}"]`);
});
