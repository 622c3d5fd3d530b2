"""The unit costs that stood on a date."""

from datetime import date

from django.db.models import Q, QuerySet

from undergrounding.costing import Estimate, Rate, estimate
from undergrounding.models import CostRate, Route


def rates_on(on: date) -> dict[str, Rate]:
    """By method, the newest rate valid on that day."""
    rows = CostRate.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    ).order_by("valid_from")
    return {row.method: _as_rate(row) for row in rows}


def all_rates() -> QuerySet[CostRate]:
    """Every rate ever entered, by method, newest first."""
    return CostRate.objects.select_related("entered_by")


def estimate_of(route: Route, on: date) -> Estimate:
    """What the route's segments cost by the rates of that day."""
    segments = (
        (segment.order + 1, segment.method, segment.length_m) for segment in route.segments.all()
    )
    return estimate(segments, rates_on(on))


def _as_rate(row: CostRate) -> Rate:
    return Rate(row.method, row.vnd_per_m, row.source, row.confidence, row.valid_from)
