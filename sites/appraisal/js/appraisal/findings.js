// The list of rules: a click flies to the evidence and draws it.
import { press, readJson } from "../../../../infra/web/js/find.js";

export function showFindings(root, map) {
  const list = root.querySelector("[data-findings]");
  if (!list) return;
  const evidence = readJson(list.dataset.findings);
  for (const button of list.querySelectorAll("[data-evidence]")) {
    const geometry = evidence[Number(button.dataset.evidence)];
    if (!geometry) continue;
    button.addEventListener("click", () => choose(list, button, map, geometry));
  }
  const worst = list.querySelector(".finding-blocking [data-evidence]:not([disabled])")
    ?? list.querySelector(".finding-advisory [data-evidence]:not([disabled])");
  if (worst) mark(list, worst, map, evidence[Number(worst.dataset.evidence)], { fit: false });
}

// On a phone the map lies behind a switch: show it first, or nothing could be fitted.
function choose(list, button, map, geometry) {
  const isHidden = map.element.clientHeight === 0;
  if (isHidden) press('[data-map-work] [data-show="map"]');
  requestAnimationFrame(() => {
    if (isHidden) map.leaflet.invalidateSize({ animate: false });
    mark(list, button, map, geometry, { fit: true });
  });
}

function mark(list, button, map, geometry, { fit }) {
  for (const other of list.querySelectorAll("[aria-pressed]")) other.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
  const tone = button.closest(".finding").className.match(/finding-(\w+)/)[1];
  map.showEvidence(geometry, { tone, fit });
}
