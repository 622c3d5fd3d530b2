"""Who changed a route, when and what: read from the history that triggers keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.models import TransitionRecord, User
from undergrounding import geometry
from undergrounding.models import Route

FIELDS: dict[str, str | Promise] = {
    "name": _("name"),
    "street": _("street"),
    "scheme_id": _("scheme"),
    "planned_year": _("planned year"),
    "duct_owner_id": _("duct owner"),
    "note": _("note"),
    "publicity": _("who may see it"),
    "archived_at": _("put aside"),
    "geometry": _("line"),
}


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a route's story: a step of the workflow, or several saves in a row."""

    at: datetime
    who: str
    title: str
    detail: str = ""
    is_step: bool = False


@dataclass(frozen=True)
class _Change:
    at: datetime
    who: str
    why: str
    fields: frozenset[str]
    length_m: float


def history_of(route: Route) -> list[HistoryEntry]:
    """Newest first: workflow steps, and saves, those in a row by one person put together."""
    entries = [*_save_entries(route), *_step_entries(route)]
    entries.sort(key=lambda entry: entry.at)
    return entries[::-1]


def transitions_of(route: Route) -> QuerySet[TransitionRecord]:
    """The workflow records of a route, oldest first."""
    kind = ContentType.objects.get_for_model(Route)
    return TransitionRecord.objects.filter(target_type=kind, target_id=route.pk)


def _events(route: Route) -> QuerySet[Any]:
    events: QuerySet[Any] = apps.get_model("undergrounding", "RouteEvent").objects.filter(
        id=route.pk
    )
    return events.select_related("pgh_context")


def _user_of(event: Any) -> int | None:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    user: int | None = metadata.get("user")
    return user


def _names(events: Iterable[Any]) -> dict[int | None, str]:
    wanted = {user for event in events if (user := _user_of(event)) is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}


def _step_entries(route: Route) -> list[HistoryEntry]:
    states = dict(Route._meta.get_field("state").flatchoices)
    return [
        HistoryEntry(
            at=record.at,
            who=record.actor_name,
            title=f"{states.get(record.from_state)} → {states.get(record.to_state)}",
            detail=record.reason,
            is_step=True,
        )
        for record in transitions_of(route)
    ]


def _save_entries(route: Route) -> list[HistoryEntry]:
    changes = _changes(route)
    runs = groupby(changes, key=lambda c: (c.who, c.why, timezone.localdate(c.at)))
    return [_run_entry(list(run)) for _key, run in runs]


def _changes(route: Route) -> list[_Change]:
    events = list(_events(route).order_by("pgh_id"))
    names = _names(events)
    changes: list[_Change] = []
    before: Any = None
    for event in events:
        fields = frozenset(
            field
            for field in FIELDS
            if before is not None and getattr(before, field) != getattr(event, field)
        )
        if fields or before is None or event.state == before.state:
            context = event.pgh_context.metadata if event.pgh_context else {}
            length = geometry.length([(c[0], c[1]) for c in event.geometry.coords])
            who = names.get(_user_of(event), "")
            changes.append(
                _Change(event.pgh_created_at, who, context.get("why", ""), fields, length)
            )
        before = event
    return changes


def _run_entry(run: list[_Change]) -> HistoryEntry:
    fields = {field for change in run for field in change.fields}
    told = [str(label) for key, label in FIELDS.items() if key in fields]
    saves = str(_("%(count)s saves") % {"count": len(run)}) if len(run) > 1 else ""
    last = run[-1]
    length = f"{number_format(round(last.length_m), force_grouping=True)} m"
    detail = "; ".join(part for part in (saves, ", ".join(told), length) if part)
    return HistoryEntry(last.at, last.who, last.why or str(_("Changed")), detail)
