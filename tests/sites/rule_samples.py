"""Measured values for truth tables: a plain position on which every rule passes."""

from dataclasses import replace
from datetime import date
from typing import Any

from infra.ground.rules import Citation, Limit
from sites.appraisal.rules.measured import Hit, LayerHits, Measures, Place, Structure

POINT = {"type": "Point", "coordinates": [105.63, 10.46]}
KINDS_INSIDE = ("urban_area", "heritage", "erosion", "border_zone", "airport")
KINDS_FALL = ("house", "school", "hospital", "road", "power_line")


def limit(code: str, value: float, **citation: Any) -> Limit:
    given = {"instrument": "QĐ 1", "valid_from": date(2024, 1, 1), **citation}
    return Limit(code=code, value=value, unit="m", citation=Citation(**given))


TODAY = date(2026, 11, 24)


def hit(distance_m: float, name: str = "X", voltage_kv: float | None = None) -> Hit:
    return Hit(name=name, distance_m=distance_m, geometry=POINT, link=None, voltage_kv=voltage_kv)


def layer(kind: str, *hits: Hit) -> LayerHits:
    return LayerHits(kind=kind, dataset=f"{kind} v1", hits=hits, count=len(hits))


LIMITS: dict[str, Limit | None] = {
    "spacing-urban": limit("spacing-urban", 100, province="Hải Dương"),
    "spacing-rural": limit("spacing-rural", 400, province="Hải Dương"),
    "fall-radius-multiplier": limit("fall-radius-multiplier", 1.0),
    "power-line-beyond-fall": limit("power-line-beyond-fall", 0, adopted_by="1/QĐ-SKHCN"),
    "height-marking": limit("height-marking", 45),
    "height-approval": limit("height-approval", 45),
    "emf-power-density": limit("emf-power-density", 2),
    "permit-urban": limit("permit-urban", 1),
    "permit-exempt-a1": limit("permit-exempt-a1", 1),
    "duty-border-zone": limit("duty-border-zone", 1),
}

PLAIN = Measures(
    structure=Structure(
        mast_class="A2b", on_roof=False, height_m=30.0, building_height_m=None, eirp_w=2249.0
    ),
    place=Place(
        unit="Xã Mỹ Hiệp", declared="", boundaries_loaded=True, boundary_is_approximate=False
    ),
    neighbours=(hit(900.0, "VNPT-1"),),
    neighbour_reach_m=1000.0,
    fall_radius_m=30.0,
    fall_circle=POINT,
    fall={kind: layer(kind) for kind in KINDS_FALL},
    inside={kind: layer(kind) for kind in KINDS_INSIDE},
    public=layer("house"),
    lines=layer("power_line"),
    line_reach_m=100.0,
)


def measured(**changes: Any) -> Measures:
    return replace(PLAIN, **changes)


def structure(**changes: Any) -> Structure:
    return replace(PLAIN.structure, **changes)
