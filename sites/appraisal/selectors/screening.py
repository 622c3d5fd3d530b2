"""Measures a proposed position through PostGIS and its indexes; every search is bounded."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point
from django.utils.translation import gettext as _
from shapely import from_wkb
from shapely.ops import nearest_points

from infra.ground.choices import ConstraintKind
from infra.models import ConstraintDataset, ConstraintFeature, RegulationLimit, User
from infra.places.geo.measure import circle, within_m
from infra.places.territory.selectors import limits_on, unit_at, units_on
from sites.appraisal.rules import constraints, emf, fall_zone, height, permit, planning, power_line
from sites.appraisal.rules.measured import Hit, LayerHits, Limits, Measures, Place, Structure
from sites.choices import Footing, OperatingStatus
from sites.models import CandidateLocation, Mast

NEIGHBOUR_REACH_M = 1000.0
MOST_NEIGHBOURS = 12
MOST_HITS = 12
SHOWN_AROUND_M = 300.0
LINE_REACH_M = 100.0
"""How far power lines are looked for at least, to hold each against the width of its corridor."""
FALL_KINDS = (*fall_zone.KINDS, ConstraintKind.POWER_LINE)
INSIDE_KINDS = (*constraints.KINDS, permit.RULE, ConstraintKind.AIRPORT)
PUBLIC_KINDS = (ConstraintKind.HOUSE, ConstraintKind.SCHOOL, ConstraintKind.HOSPITAL)
SPACING_CODES = tuple(
    f"spacing-{area}{tail}"
    for area in ("urban", "rural")
    for tail in ("", "-a1a", "-a1b", "-a2a", "-a2a-low", "-a2a-high", "-a2b", "-a2c")
)
LIMIT_CODES = (
    *SPACING_CODES,
    "spacing-a2a-split",
    fall_zone.MULTIPLIER,
    power_line.LIMIT,
    *height.CODES,
    *constraints.DUTY.values(),
    permit.NEEDED,
    permit.EXEMPT,
    emf.LIMIT,
    planning.PAUSE,
    planning.PLAN,
)


@dataclass(frozen=True)
class Subject:
    """What is judged: a place (EPSG:4326) and the mast proposed there, saved or not."""

    point: Point
    mast_class: str
    footing: str
    height_m: Decimal | None
    building_height_m: Decimal | None
    eirp_w: Decimal | None = None
    declared_unit: str = ""
    old_mast_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The same facts as they are frozen in a screening."""
        return {
            "point": [round(self.point.x, 8), round(self.point.y, 8)],
            "mast_class": self.mast_class,
            "footing": self.footing,
            "height_m": _number(self.height_m),
            "building_height_m": _number(self.building_height_m),
            "eirp_w": _number(self.eirp_w),
            "declared_unit": self.declared_unit,
            "old_mast": self.old_mast_id,
        }

    @property
    def structure(self) -> Structure:
        """The mast in the words of the rules."""
        return Structure(
            mast_class=self.mast_class,
            on_roof=self.footing == Footing.ROOF,
            height_m=_number(self.height_m),
            building_height_m=_number(self.building_height_m),
            eirp_w=_number(self.eirp_w),
        )


def subject_of(candidate: CandidateLocation) -> Subject:
    """What a candidate says of itself."""
    return Subject(
        point=candidate.point,
        mast_class=candidate.mast_class,
        footing=candidate.footing,
        height_m=candidate.height_m,
        building_height_m=candidate.building_height_m,
        eirp_w=candidate.eirp_w,
        declared_unit=candidate.declared_unit,
        old_mast_id=candidate.old_mast_id,
    )


def fall_radius_on(subject: Subject, on: date) -> float | None:
    """The fall radius by the model in force on the date; None while a height is missing."""
    return fall_zone.fall_radius_m(subject.structure, limits_on(fall_zone.MULTIPLIER, on))


def limits_for(on: date) -> dict[str, Any]:
    """Every limit the rules may ask for, as it stood on the date."""
    widths = RegulationLimit.objects.filter(code__startswith=power_line.CORRIDOR_PREFIX)
    corridors = widths.order_by().values_list("code", flat=True).distinct()
    return {code: limits_on(code, on) for code in (*LIMIT_CODES, *corridors)}


def measure(subject: Subject, limits: Limits, *, user: User, on: date) -> Measures:
    """All that the rules need; masts only as far as the person may see them."""
    structure = subject.structure
    radius_m = fall_zone.fall_radius_m(structure, limits.get(fall_zone.MULTIPLIER))
    datasets = {row.kind: row for row in ConstraintDataset.objects.filter(is_current=True)}
    reach_m = max([NEIGHBOUR_REACH_M, *_spacing_limits(limits)])
    line_reach_m = max([LINE_REACH_M, radius_m or 0.0, *_corridor_widths(limits)])
    return Measures(
        structure=structure,
        place=_place(subject, on),
        neighbours=neighbours(subject, user, reach_m),
        neighbour_reach_m=reach_m,
        sees_all_masts=user.is_department,
        fall_radius_m=radius_m,
        fall_circle=_plain(circle(subject.point, radius_m)) if radius_m else None,
        fall=_fall(subject.point, radius_m, datasets) if radius_m else {},
        inside={
            kind: _inside(subject.point, datasets[kind])
            for kind in INSIDE_KINDS
            if kind in datasets
        },
        public=_public(subject, limits, datasets),
        lines=_lines(subject.point, line_reach_m, datasets),
        line_reach_m=line_reach_m,
    )


def neighbours(subject: Subject, user: User, reach_m: float) -> tuple[Hit, ...]:
    """The nearest standing masts the person may see, without the one that moves away."""
    masts = (
        Mast.objects.visible_to(user)
        .filter(archived_at=None)
        .exclude(operating_status=OperatingStatus.DISMANTLED)
    )
    if subject.old_mast_id:
        masts = masts.exclude(pk=subject.old_mast_id)
    near = within_m(masts, "point", subject.point, reach_m)[:MOST_NEIGHBOURS]
    return tuple(_mast_hit(subject.point, mast) for mast in near)


def _mast_hit(point: Point, mast: Any) -> Hit:
    return Hit(
        name=mast.code,
        distance_m=mast.distance_m,
        geometry=_plain(mast.point),
        link=_link(point, mast.point),
        key=str(mast.uuid),
    )


def _spacing_limits(limits: Limits) -> list[float]:
    return [row.value for code in SPACING_CODES if (row := limits.get(code))]


def _corridor_widths(limits: Limits) -> list[float]:
    prefix = power_line.CORRIDOR_PREFIX
    return [row.value for code, row in limits.items() if row and code.startswith(prefix)]


def _lines(
    point: Point, reach_m: float, datasets: dict[str, ConstraintDataset]
) -> LayerHits | None:
    kind = ConstraintKind.POWER_LINE
    return _within(point, reach_m, [datasets[kind]], kind) if kind in datasets else None


def _place(subject: Subject, on: date) -> Place:
    unit = unit_at(subject.point, on)
    bounded = units_on(on).filter(boundary__isnull=False)
    first = unit or bounded.first()
    return Place(
        unit=str(unit) if unit else None,
        declared=subject.declared_unit,
        boundaries_loaded=first is not None,
        boundary_is_approximate=bool(first and first.boundary_is_approximate),
    )


def _fall(
    point: Point, radius_m: float, datasets: dict[str, ConstraintDataset]
) -> dict[str, LayerHits]:
    return {
        kind: _within(point, radius_m, [datasets[kind]], kind)
        for kind in FALL_KINDS
        if kind in datasets
    }


def _within(
    point: Point, radius_m: float, datasets: Iterable[ConstraintDataset], kind: str
) -> LayerHits:
    found = within_m(
        ConstraintFeature.objects.filter(dataset__in=datasets), "geometry", point, radius_m
    )
    hits = tuple(_feature_hit(point, row) for row in found[:MOST_HITS])
    count = len(hits) if len(hits) < MOST_HITS else found.count()
    return LayerHits(kind=kind, dataset=_labels(datasets), hits=hits, count=count)


def _inside(point: Point, dataset: ConstraintDataset) -> LayerHits:
    found = ConstraintFeature.objects.filter(dataset=dataset, geometry__covers=point)
    hits = tuple(
        Hit(name=row.name, distance_m=0.0, geometry=_clip(point, row.geometry))
        for row in found.order_by("pk")[:MOST_HITS]
    )
    return LayerHits(kind=dataset.kind, dataset=_labels([dataset]), hits=hits, count=len(hits))


def _public(
    subject: Subject, limits: Limits, datasets: dict[str, ConstraintDataset]
) -> LayerHits | None:
    density = limits.get(emf.LIMIT)
    if subject.eirp_w is None or density is None or ConstraintKind.HOUSE not in datasets:
        return None
    reach_m = emf.exposure_distance_m(float(subject.eirp_w), density)
    loaded = [datasets[kind] for kind in PUBLIC_KINDS if kind in datasets]
    return _within(subject.point, reach_m, loaded, ConstraintKind.HOUSE)


def _feature_hit(point: Point, row: Any) -> Hit:
    return Hit(
        name=row.name,
        distance_m=row.distance_m,
        geometry=_clip(point, row.geometry),
        link=_link(point, row.geometry),
        key=str(row.pk),
        voltage_kv=_voltage(row.properties.get("voltage_kv")),
    )


def _voltage(value: Any) -> float | None:
    """Kilovolts as the layer says them; None where it does not, or not as a number."""
    try:
        return float(value) or None
    except (TypeError, ValueError):
        return None


def _labels(datasets: Iterable[ConstraintDataset]) -> str:
    return ", ".join(
        _("%(kind)s v%(version)s") % {"kind": row.get_kind_display(), "version": row.version}
        for row in datasets
    )


def _clip(point: Point, geometry: GEOSGeometry) -> dict[str, Any]:
    """The part near the point: a border zone or a power line is drawn only where it matters."""
    if geometry.geom_type == "Point":
        return _plain(geometry)
    window = circle(point, SHOWN_AROUND_M).envelope
    return _plain(window.intersection(geometry if geometry.valid else geometry.make_valid()))


def _link(point: Point, geometry: GEOSGeometry) -> dict[str, Any]:
    here, there = nearest_points(from_wkb(bytes(point.wkb)), from_wkb(bytes(geometry.wkb)))
    return {"type": "LineString", "coordinates": [[here.x, here.y], [there.x, there.y]]}


def _plain(geometry: GEOSGeometry) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(geometry.json)
    return plain


def _number(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)
