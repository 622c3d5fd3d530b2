// The list and the page of a route: rows and map choose each other, findings show where.
import "../../css/routes.css";
import { createMap } from "../../../infra/map/js/map.js";
import { press, readJson } from "../../../infra/web/js/find.js";

const element = document.getElementById("map");
const map = element && createMap(element);

function followRows(map, rows) {
  const rowOf = (uuid) => rows.querySelector(`[data-uuid="${CSS.escape(uuid)}"]`);
  const show = (event) => {
    const row = event.target.closest("[data-uuid]");
    if (row) map.select("routes", row.dataset.uuid, { fly: false, panel: false });
  };
  rows.addEventListener("mouseover", show);
  rows.addEventListener("focusin", show);
  map.on("select", (card) => {
    rows.querySelector(".is-selected")?.classList.remove("is-selected");
    const row = card?.name === "routes" ? rowOf(card.id) : null;
    row?.classList.add("is-selected");
    row?.scrollIntoView({ block: "nearest" });
  });
}

function showFindings(map, list) {
  const findings = readJson("route-findings");
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-evidence]");
    if (!button) return;
    const { evidence, severity } = findings[Number(button.dataset.evidence)];
    press("[data-show=map]");
    map.showEvidence(evidence, { tone: severity });
  });
}

const rows = document.querySelector("[data-route-rows]");
if (map && rows) followRows(map, rows);
const findings = document.querySelector("[data-findings]");
if (map && findings) showFindings(map, findings);
