"""Measures a proposed position through PostGIS and its indexes; every search is bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point

from infra.ground.choices import ConstraintKind
from infra.ground.rules import Limit
from infra.models import User
from infra.places.geo.measure import circle, within_m
from infra.places.territory.selectors import limits_of, limits_on, units_on
from sites.appraisal.rules import constraints, emf, fall_zone, height, permit, planning, power_line
from sites.appraisal.rules.measured import Hit, Limits, Measures, Place, Structure
from sites.appraisal.selectors import around
from sites.appraisal.selectors.around import Layers, Search
from sites.choices import Footing, OperatingStatus
from sites.models import CandidateLocation, Mast

NEIGHBOUR_REACH_M = 1000.0
MOST_NEIGHBOURS = 12
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
# Names of the searches for `around.answers`; those for what contains the place are the kinds'.
FALL = "fall "
LINES = "lines"
PUBLIC = "public"


@dataclass(frozen=True)
class Basis:
    """What all positions of one day are held against: its limits, and the layers in force now."""

    on: date
    limits: Mapping[str, Limit]
    layers: Layers


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


def basis_on(on: date) -> Basis:
    """The limits that the rules may ask for, as they stood on the date, and the layers."""
    limits = limits_of(LIMIT_CODES, on, prefix=power_line.CORRIDOR_PREFIX)
    return Basis(on=on, limits=limits, layers=around.layers_in_force())


def fall_radius_on(subject: Subject, on: date) -> float | None:
    """The fall radius by the model in force on the date; None while a height is missing."""
    return fall_zone.fall_radius_m(subject.structure, limits_on(fall_zone.MULTIPLIER, on))


def measure(subject: Subject, basis: Basis, *, user: User) -> Measures:
    """All that the rules need; masts only as far as the person may see them."""
    structure, limits = subject.structure, basis.limits
    radius_m = fall_zone.fall_radius_m(structure, limits.get(fall_zone.MULTIPLIER))
    reach_m = max([NEIGHBOUR_REACH_M, *_spacing_limits(limits)])
    line_reach_m = max([LINE_REACH_M, radius_m or 0.0, *_corridor_widths(limits)])
    searches = _searches(subject, limits, basis.layers, radius_m, line_reach_m)
    found = around.answers(subject.point, basis.layers, searches)
    return Measures(
        structure=structure,
        place=_place(subject, basis.on),
        neighbours=neighbours(subject, user, reach_m),
        neighbour_reach_m=reach_m,
        sees_all_masts=user.is_department,
        fall_radius_m=radius_m,
        fall_circle=around.plain(circle(subject.point, radius_m)) if radius_m else None,
        fall={kind: hits for kind in FALL_KINDS if (hits := found.get(f"{FALL}{kind}"))},
        inside={kind: hits for kind in INSIDE_KINDS if (hits := found.get(kind))},
        public=found.get(PUBLIC),
        lines=found.get(LINES),
        line_reach_m=line_reach_m,
    )


def neighbours(subject: Subject, user: User, reach_m: float) -> tuple[Hit, ...]:
    """The nearest standing masts the person may see, without the one that moves away."""
    masts = (
        Mast.objects.visible_to(user)
        .filter(archived_at=None)
        .exclude(operating_status=OperatingStatus.DISMANTLED)
        .only("code", "uuid", "point")
    )
    if subject.old_mast_id:
        masts = masts.exclude(pk=subject.old_mast_id)
    near = within_m(masts, "point", subject.point, reach_m)[:MOST_NEIGHBOURS]
    return tuple(_mast_hit(subject.point, mast) for mast in near)


def _mast_hit(point: Point, mast: Any) -> Hit:
    return Hit(
        name=mast.code,
        distance_m=mast.distance_m,
        geometry=around.plain(mast.point),
        link=around.link(point, mast.point),
        key=str(mast.uuid),
    )


def _searches(
    subject: Subject, limits: Limits, layers: Layers, radius_m: float | None, line_reach_m: float
) -> dict[str, Search]:
    """What contains the place or is reached by a fall, power lines, and where people stay."""
    asked = {str(kind): Search((kind,)) for kind in INSIDE_KINDS}
    if radius_m:
        asked |= {f"{FALL}{kind}": Search((kind,), radius_m) for kind in FALL_KINDS}
    asked[LINES] = Search((ConstraintKind.POWER_LINE,), line_reach_m)
    density = limits.get(emf.LIMIT)
    if subject.eirp_w is not None and density and ConstraintKind.HOUSE in layers:
        exposed_m = emf.exposure_distance_m(float(subject.eirp_w), density)
        asked[PUBLIC] = Search(PUBLIC_KINDS, exposed_m)
    return asked


def _spacing_limits(limits: Limits) -> list[float]:
    return [row.value for code in SPACING_CODES if (row := limits.get(code))]


def _corridor_widths(limits: Limits) -> list[float]:
    prefix = power_line.CORRIDOR_PREFIX
    return [row.value for code, row in limits.items() if row and code.startswith(prefix)]


def _place(subject: Subject, on: date) -> Place:
    units = units_on(on).defer("boundary", "point").order_by("code")
    unit = units.filter(boundary__covers=subject.point).first()
    known = unit or units.filter(boundary__isnull=False).first()
    return Place(
        unit=str(unit) if unit else None,
        declared=subject.declared_unit,
        boundaries_loaded=known is not None,
        boundary_is_approximate=bool(known and known.boundary_is_approximate),
    )


def _number(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)
