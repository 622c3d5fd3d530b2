"""What positions and routes are judged by, on the page of data: layers, units, limits."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import ngettext

from infra.exchange.data_home import Section, register_section
from infra.ground.choices import ConstraintKind, ImportState
from infra.models import ConstraintDataset, LayerLoad, RegulationLimit, User
from infra.people.access.roles import DEPARTMENT
from infra.places.territory.loads import BOUNDARY_ROLES, LAYER_ROLES
from infra.places.territory.selectors import units_on

LIMITS_SHOWN = 6
AHEAD = timedelta(days=90)
TWO_MONTHS, TWO_YEARS = 60, 730


def _layers(user: User) -> dict[str, Any]:
    """The version of each layer that counts, the oldest source first; what was never loaded."""
    current = list(ConstraintDataset.objects.filter(is_current=True).order_by("source_date"))
    loaded = {dataset.kind for dataset in current}
    missing = [kind.label for kind in ConstraintKind if kind.value not in loaded]
    may_load = user.has_role(*LAYER_ROLES)
    unfinished = (ImportState.CHECKING, ImportState.CHECKED, ImportState.IMPORTING)
    loads = LayerLoad.objects.visible_to(user).filter(state__in=unfinished)
    return {
        "layers": [(dataset, _age(dataset.source_date)) for dataset in current],
        "missing": missing,
        "may_load": may_load,
        "loads": loads.defer("report").order_by("created_at")[:LIMITS_SHOWN] if may_load else [],
    }


def _age(day: date) -> str:
    """How old data of a day are: by days, then months, then years."""
    days = (timezone.localdate() - day).days
    if days < TWO_MONTHS:
        return ngettext("%(n)d day old", "%(n)d days old", days) % {"n": days}
    if days < TWO_YEARS:
        months = days * 12 // 365
        return ngettext("%(n)d month old", "%(n)d months old", months) % {"n": months}
    return ngettext("%(n)d year old", "%(n)d years old", days // 365) % {"n": days // 365}


def _units(user: User) -> dict[str, Any]:
    """Today's communes: how many, since when, how their boundaries are known."""
    facts = units_on().aggregate(
        count=Count("pk"),
        since=Max("valid_from"),
        source=Min("boundary_source"),
        without_boundary=Count("pk", filter=Q(boundary=None)),
        approximate=Count("pk", filter=Q(boundary_is_approximate=True)),
    )
    return {**facts, "may_load": user.has_role(*BOUNDARY_ROLES)}


def _limits(_user: User) -> dict[str, Any]:
    """Limits that hold and are to be looked at again, overdue or within three months."""
    today = timezone.localdate()
    soon = RegulationLimit.objects.filter(review_on__lte=today + AHEAD).exclude(valid_to__lt=today)
    facts = soon.aggregate(due=Count("pk", filter=Q(review_on__lte=today)), soon=Count("pk"))
    return {**facts, "rows": soon.order_by("review_on", "pk")[:LIMITS_SHOWN], "today": today}


def register() -> None:
    """Put them beside imports and exports."""
    register_section(Section("layers", 30, "infra/territory/part_layers.html", _layers))
    register_section(Section("units", 50, "infra/territory/part_units.html", _units))
    register_section(Section("limits", 40, "infra/territory/part_limits.html", _limits, DEPARTMENT))
