"""Units and limits as they stood on a date; `valid_to` is the last day of validity."""

from collections.abc import Iterable
from datetime import date

from django.contrib.gis.geos import Point
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from infra.ground.choices import UnitLevel
from infra.ground.plaintext import plain_words
from infra.ground.rules import OWN_PROVINCES, Citation, Limit
from infra.models import AdministrativeUnit, RegulationLimit
from infra.places.territory.names import key


def units_on(
    on: date | None = None, level: int | None = UnitLevel.COMMUNE
) -> QuerySet[AdministrativeUnit]:
    """The units of a level (None: of all) that stood on a date, today by default."""
    on = on or timezone.localdate()
    units = AdministrativeUnit.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    )
    return units if level is None else units.filter(level=level)


def unit_at(point: Point, on: date | None = None) -> AdministrativeUnit | None:
    """The commune or ward a point (EPSG:4326) lay in on a date, None outside the province."""
    return units_on(on).filter(boundary__covers=point).order_by("code").first()


def units_named(text: str, on: date | None = None) -> list[AdministrativeUnit]:
    """The communes of a date whose code or name, marks and kind aside, holds the text."""
    wanted, bare = plain_words(text), key(text)
    found = [
        unit
        for unit in units_on(on).select_related("parent")
        if wanted and (wanted in plain_words(str(unit)) or unit.code == wanted)
    ]
    return sorted(
        found, key=lambda unit: (key(str(unit)) != bare, plain_words(unit.name), unit.code)
    )


def successors_of(unit: AdministrativeUnit) -> QuerySet[AdministrativeUnit]:
    """What a unit, or shares of it, became; empty for one that stands."""
    return AdministrativeUnit.objects.filter(origins__predecessor=unit).order_by("code")


def predecessors_of(unit: AdministrativeUnit) -> QuerySet[AdministrativeUnit]:
    """The units that this one, or a share of it, was made of."""
    return AdministrativeUnit.objects.filter(successions__successor=unit).order_by("code")


def limits_on(code: str, on: date) -> Limit | None:
    """The limit that stood on a date: adopted before proposed, own before another province's."""
    return limits_of([code], on).get(code)


def limits_of(codes: Iterable[str], on: date, *, prefix: str = "") -> dict[str, Limit]:
    """By code the limits that stood on a date, those that begin with `prefix` too: one query."""
    wanted = Q(code__in=list(codes))
    if prefix:
        wanted |= Q(code__startswith=prefix)
    stood = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = (
        RegulationLimit.objects.filter(wanted, stood, valid_from__lte=on)
        .annotate(rank=_rank())
        .order_by("code", "rank", "-valid_from", "pk")
        .distinct("code")
    )
    return {row.code: _as_limit(row, on) for row in rows}


def _rank() -> Case:
    own = Q(province__in=OWN_PROVINCES)
    return Case(
        When(own & ~Q(adopted_by=""), then=Value(0)),
        When(own, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _has_ended(row: RegulationLimit, on: date) -> bool:
    return row.base_ended_on is not None and row.base_ended_on <= on


def _as_limit(row: RegulationLimit, on: date) -> Limit:
    return Limit(
        code=row.code,
        value=float(row.value),
        unit=row.unit,
        citation=Citation(
            instrument=row.instrument,
            article=row.citation,
            confidence=row.confidence,
            adopted_by=row.adopted_by,
            valid_from=row.valid_from,
            province=row.province,
            review_on=row.review_on,
            ask=row.ask,
            base_ended_on=row.base_ended_on if _has_ended(row, on) else None,
            base_end_inferred=row.base_end_inferred and _has_ended(row, on),
        ),
    )
