"""Writing plans: in the caller's transaction, in batches, with progress between them."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.contrib.gis.geos import Point
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.exchange.importer import Progress
from sites.models import Antenna, Mast, Station
from sites.register.importers.plan import MastPlan, StationPlan

BATCH = 500
Item = TypeVar("Item")


def write(plans: Sequence[MastPlan], progress: Progress, source: str) -> dict[str, int]:
    """Create and change masts, then their stations; how many of each."""
    counts = dict.fromkeys(("masts_new", "masts_changed", "stations_new", "stations_changed"), 0)
    total, done = len(plans), 0
    for part in _batches(plans):
        _write_masts(part, source, counts)
        _write_stations(part, counts)
        done += len(part)
        progress(
            done, total, _("Writing mast %(done)s of %(total)s") % {"done": done, "total": total}
        )
    return counts


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _write_masts(plans: Sequence[MastPlan], source: str, counts: dict[str, int]) -> None:
    new = [plan for plan in plans if plan.existing is None]
    rows = [
        Mast(
            code=plan.code,
            point=Point(*plan.place, srid=4326),
            location_source=source[:120],
            **plan.values,
        )
        for plan in new
    ]
    for plan, mast in zip(new, Mast.objects.bulk_create(rows), strict=True):
        plan.existing = mast
    counts["masts_new"] += len(new)
    for plan in plans:
        if plan not in new and (plan.changed or plan.moves):
            _change(plan)
            counts["masts_changed"] += 1


def _change(plan: MastPlan) -> None:
    """One UPDATE with only the fields that change; the version rises with it."""
    assert plan.existing is not None  # noqa: S101 - only planned changes come here
    fields: dict[str, Any] = {name: plan.values[name] for name in plan.changed}
    if plan.moves:
        fields["point"] = Point(*plan.place, srid=4326)
    Mast.objects.filter(pk=plan.existing.pk).update(
        **fields, version=F("version") + 1, updated_at=timezone.now()
    )


def _write_stations(plans: Sequence[MastPlan], counts: dict[str, int]) -> None:
    pairs = [(plan, station) for plan in plans for station in plan.stations]
    new = [(plan, station) for plan, station in pairs if station.existing is None]
    rows = [
        Station(mast=plan.existing, operator=s.operator, code=s.code, **s.values) for plan, s in new
    ]
    for (_plan, station), row in zip(new, Station.objects.bulk_create(rows), strict=True):
        station.existing = row
    counts["stations_new"] += len(new)
    changed = [(p, s) for p, s in pairs if s.changed]
    for plan, station in changed:
        _change_station(plan, station)
    counts["stations_changed"] += len(changed)
    made = {id(station) for _plan, station in new}
    _write_antennas([s for _p, s in pairs if id(s) in made or "antennas" in s.changed])


def _change_station(plan: MastPlan, station: StationPlan) -> None:
    assert station.existing is not None  # noqa: S101 - only planned changes come here
    fields = {name: value for name, value in station.values.items() if name in station.changed}
    Station.objects.filter(pk=station.existing.pk).update(
        **fields, mast=plan.existing, version=F("version") + 1, updated_at=timezone.now()
    )


def _write_antennas(stations: Sequence[StationPlan]) -> None:
    """The file's antennas take the place of the station's old ones."""
    Antenna.objects.filter(station__in=[s.existing for s in stations if s.existing]).delete()
    Antenna.objects.bulk_create(
        Antenna(station=station.existing, **row) for station in stations for row in station.antennas
    )
