"""What one mast's page shows, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.rules import Finding
from infra.ground.standing import standing
from infra.models import AdministrativeUnit, Person
from infra.places.geo.crs import DEFAULT_MERIDIANS, meridian_label, to_vn2000
from infra.places.territory.selectors import limits_on
from sites.appraisal.selectors.dossiers import relocations_of
from sites.choices import Footing
from sites.models import Antenna, CandidateLocation, Inspection, Lease, Mast, Station
from sites.register.rules.mast_class import LIMIT_CODES, MastShape, propose_class
from sites.register.selectors.fall_circle import FallCircle, fall_circle
from sites.register.selectors.masts import EMF_SOON, unit_history
from sites.safety.selectors.repairs import RepairLine, repairs_of
from sites.safety.selectors.standing import SafetyPicture, safety_picture

PRINTED_STATIONS = 6


@dataclass(frozen=True)
class StationFacts:
    """A station and how its EMF certificate stands: ok, soon, expired or none."""

    station: Station
    emf: str

    @property
    def antenna_count(self) -> int:
        """How many antennas; they are prefetched."""
        return len(self.station.antennas.all())


@dataclass
class MastFacts:
    """Everything beside the mast's own fields."""

    unit: AdministrativeUnit | None
    former_units: Sequence[AdministrativeUnit]
    plane: Sequence[tuple[str, float, float]]
    stations: Sequence[StationFacts]
    proposed_class: str = ""
    class_sentence: str = ""
    class_source: str = ""
    assessments: Sequence[Any] = field(default_factory=list)
    leases: Sequence[Lease] = field(default_factory=list)
    inspections: Sequence[Inspection] = field(default_factory=list)
    relocations: Sequence[CandidateLocation] = field(default_factory=list)
    safety: SafetyPicture | None = None
    repairs: Sequence[RepairLine] = field(default_factory=list)
    fall: FallCircle | None = None

    @property
    def station_count(self) -> int:
        """How many stations."""
        return len(self.stations)

    @property
    def more_stations(self) -> int:
        """How many the printed sheet has no room for."""
        return max(0, len(self.stations) - PRINTED_STATIONS)


def mast_facts(mast: Mast, reader: Person, *, is_full: bool, with_leases: bool) -> MastFacts:
    """The facts a person may read: the public part, the full one, the department's."""
    today = timezone.localdate()
    units = list(unit_history(mast))
    facts = MastFacts(
        unit=next((u for u in units if u.valid_to is None and u.level == 3), None),  # noqa: PLR2004
        former_units=[u for u in units if u.valid_to is not None],
        plane=[
            (meridian_label(m), *to_vn2000(mast.point.x, mast.point.y, m))
            for m in DEFAULT_MERIDIANS
        ],
        stations=[StationFacts(s, emf_state(s.emf_valid_until, today)) for s in _stations(mast)],
    )
    if is_full:
        facts.proposed_class, finding = proposed_class(mast, today)
        facts.class_sentence = class_sentence(finding)
        facts.class_source = class_source(finding)
        facts.assessments = list(mast.assessments.all())
        visits = Inspection.objects.visible_to(reader).filter(mast=mast)
        facts.inspections = list(visits.select_related("inspector")[:10])
        facts.relocations = relocations_of(mast, reader)
        facts.fall = fall_circle(mast)
    if is_full and reader.is_authenticated and reader.is_department:
        facts.safety = safety_picture(mast)
        facts.repairs = repairs_of(mast, reader)
    if with_leases:
        facts.leases = list(mast.leases.all())
    return facts


def around(point: Point) -> tuple[float, float, float, float]:
    """A mast's surroundings on a map, some 450 m to each side: west, south, east, north."""
    return (point.x - 0.004, point.y - 0.003, point.x + 0.004, point.y + 0.003)


def _stations(mast: Mast) -> list[Station]:
    antennas = Prefetch("antennas", Antenna.objects.order_by("azimuth_deg"))
    return list(mast.stations.select_related("operator").prefetch_related(antennas))


def emf_state(valid_until: date | None, today: date) -> str:
    """ok, soon, expired or none."""
    if valid_until is None:
        return "none"
    if valid_until < today:
        return "expired"
    return "soon" if valid_until <= today + EMF_SOON else "ok"


def proposed_class(mast: Mast, on: date) -> tuple[str, Finding]:
    """The class that follows from the measures, by the limits of a date."""
    limits = {code: limit for code in LIMIT_CODES if (limit := limits_on(code, on))}
    shape = MastShape(
        is_on_building=mast.footing == Footing.ROOF,
        height_m=_number(mast.height_m),
        building_height_m=_number(mast.building_height_m),
        half_width_m=_number(mast.half_width_m),
    )
    return propose_class(shape, limits)


def class_sentence(finding: Finding) -> str:
    """The finding in words."""
    sentences = {
        "class_ground": _("A bulky mast on the ground is A2b (A2c where neither fits)."),
        "class_unknown": _("On a building: enter mast height, building height and half-width."),
        "class_too_high": _(
            "On a building and higher than A1a allows: A2a, unless disguised (A1b)."
        ),
        "class_too_wide": _(
            "On a building and wider than A1a allows: A2a, unless disguised (A1b)."
        ),
        "class_small": _("On a building, low and narrow enough for A1a."),
    }
    return sentences[finding.code]


def class_source(finding: Finding) -> str:
    """The text that the classes come from, and how it stands today."""
    source = finding.citation
    return f"{source.instrument}: {', '.join(standing(source))}" if source else ""


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
