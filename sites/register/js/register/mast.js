// A mast's page: its fall circle lies on the map, and each kind of thing in it can be looked at.
import { all, press, readJson } from "../../../../infra/web/js/find.js";

/** @param {import("../../../../infra/map/js/map.js").MapView} view */
export function setUpMast(view) {
  const scene = readJson("fall-scene");
  view.showEvidence(scene, { fit: false });
  for (const button of all("[data-look-at]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      press('[data-map-work] [data-show="map"]');
      view.showEvidence(only(scene, button.dataset.lookAt));
      for (const other of all("[data-look-at]")) other.setAttribute("aria-pressed", String(other === button));
    });
  }
}

// The circle stays; of the things in it only one kind, or all.
function only(scene, kind) {
  const isShown = ({ properties }) => kind === "all" || !properties.of || properties.of === kind;
  return { ...scene, features: scene.features.filter(isShown) };
}
