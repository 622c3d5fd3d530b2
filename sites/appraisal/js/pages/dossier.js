// The page of a dossier: positions drawn and picked, papers dropped onto their line.
import { all } from "../../../../infra/web/js/find.js";
import { drawScene } from "../appraisal/scene.js";
import { mapOfPage } from "../appraisal/page-map.js";
import { takeDroppedFiles } from "../appraisal/papers.js";
import { takePins } from "../appraisal/pins.js";

const map = mapOfPage();
const scene = drawScene(map, "scene");

for (const row of all("[data-position]")) {
  const look = () => scene.lookAt(row.dataset.position);
  row.addEventListener("mouseenter", look);
  row.addEventListener("focusin", look);
}
for (const form of document.querySelectorAll("form.upload-line")) takeDroppedFiles(form);
takePins(map);
