"""Which masts and stations a plan means that are there already, and what it would change."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from infra.exchange.importer import Setup
from infra.places.geo.measure import distance_m, within_m
from infra.work.history.words import in_words
from sites.models import Mast, Station
from sites.register.importers.building import SECTORS
from sites.register.importers.plan import MastPlan, StationPlan
from sites.register.importers.sectors import DEFAULT_CLUSTER_M

MOVED_M = 0.5  # below it a position was only written with other digits
BATCH = 2000


def match(plans: list[MastPlan], setup: Setup) -> None:
    """Fill `existing`, `changed` and `moves` of every plan and of its stations."""
    stations = _existing_stations(plans)
    masts = _existing_masts(plan.code for plan in plans)
    is_sectors = setup.options.get("rows_are") == SECTORS
    radius = float(setup.options.get("cluster_m") or DEFAULT_CLUSTER_M)
    for plan in plans:
        for station in plan.stations:
            station.existing = stations.get((station.operator.pk, station.code))
        if is_sectors:
            plan.existing = _by_station(plan) or _near(plan, radius)
        else:
            plan.existing = masts.get(plan.code)
        _compare(plan, keeps_place=is_sectors)
    _unique_codes(plans, masts)


def _existing_masts(codes: Iterable[str]) -> dict[str, Mast]:
    wanted = list(codes)
    found: dict[str, Mast] = {}
    for start in range(0, len(wanted), BATCH):
        part = Mast.objects.filter(code__in=wanted[start : start + BATCH])
        found |= {mast.code: mast for mast in part.select_related("owner")}
    return found


def _existing_stations(plans: list[MastPlan]) -> dict[tuple[int, str], Station]:
    wanted = sorted({station.code for plan in plans for station in plan.stations})
    found = {}
    for start in range(0, len(wanted), BATCH):
        part = Station.objects.filter(code__in=wanted[start : start + BATCH])
        for station in part.select_related("mast").prefetch_related("antennas"):
            found[station.operator_id, station.code] = station
    return found


def _by_station(plan: MastPlan) -> Mast | None:
    return next((s.existing.mast for s in plan.stations if s.existing), None)


def _near(plan: MastPlan, radius: float) -> Mast | None:
    """The nearest mast within the radius: operators that share it come in separate files."""
    return within_m(Mast.objects.current(), "point", Point(*plan.place, srid=4326), radius).first()


def _compare(plan: MastPlan, *, keeps_place: bool) -> None:
    mast = plan.existing
    for station in plan.stations:
        _compare_station(station, mast)
    if mast is None:
        return
    if keeps_place:  # a shared mast keeps the name and place that the first file gave it
        plan.values = {k: v for k, v in plan.values.items() if getattr(mast, k) in (None, "")}
        plan.place = (mast.point.x, mast.point.y)
    plan.changed = [k for k, v in plan.values.items() if getattr(mast, k) != v]
    plan.moves = distance_m(mast.point, Point(*plan.place)) > MOVED_M


def _compare_station(plan: StationPlan, mast: Mast | None) -> None:
    station = plan.existing
    if station is None:
        return
    plan.changed = [k for k, v in plan.values.items() if getattr(station, k) != v]
    if mast is not None and station.mast_id != mast.pk:
        plan.changed.append("mast")
    if plan.antennas and _antennas(plan.antennas) != _antennas(
        [{"azimuth_deg": a.azimuth_deg, "band": a.band} for a in station.antennas.all()]
    ):
        plan.changed.append("antennas")


def _antennas(rows: list[dict[str, Any]]) -> list[tuple[Any, str]]:
    return sorted((row.get("azimuth_deg") or 0, row.get("band") or "") for row in rows)


def _unique_codes(plans: list[MastPlan], masts: dict[str, Mast]) -> None:
    """A derived code that another mast bears gets a number."""
    used = {code for code, mast in masts.items()}
    for plan in plans:
        if plan.existing is not None:
            continue
        base, number = plan.code, 1
        while plan.code in used:
            number += 1
            plan.code = f"{base}-{number}"
        used.add(plan.code)


def describe(plan: MastPlan, organisations: dict[int, str]) -> dict[str, Any]:
    """A plan in words for the report: code, what happens, fields before and after."""
    fields = []
    mast = plan.existing
    for name in plan.changed if mast else plan.values:
        model_field: Any = Mast._meta.get_field(name)
        was = getattr(mast, model_field.attname) if mast else None
        value = plan.values[name]
        now = value.pk if hasattr(value, "pk") else value
        fields.append(
            [
                str(model_field.verbose_name),
                in_words(model_field, was, organisations),
                in_words(model_field, now, organisations),
            ]
        )
    if plan.moves and mast:
        metres = round(distance_m(mast.point, Point(*plan.place)), 1)
        fields.append([_("position"), "", _("moves by %s m") % metres])
    stations = [f"{s.operator.short_name} {s.code} ({len(s.antennas)})" for s in plan.stations]
    code = mast.code if mast else plan.code
    return {
        "code": code,
        "rows": plan.rows[:20],
        "outcome": plan.outcome,
        "fields": fields,
        "parts": stations,
    }
