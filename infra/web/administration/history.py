"""Who changed a row, when, why and through which door, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import Role
from infra.models import User
from infra.work.history.words import in_words

MOST_EVENTS = 200
UNSAID = frozenset({"id", "version"})
LABELS = {  # the framework's own words say nothing to an office
    "is_staff": gettext_lazy("Sees the tables of the system"),
    "is_superuser": gettext_lazy("May change everything"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    was: str
    now: str


@dataclass
class Change:
    """One write."""

    at: datetime
    who: str
    why: str
    door: str
    is_first: bool
    fields: list[FieldChange] = field(default_factory=list)


def changes_of(row: Model) -> list[Change]:
    """The last changes of a person, an organisation or a competence, newest first."""
    model = apps.get_model("infra", f"{type(row).__name__}Event")
    events = list(
        model._default_manager.filter(pgh_obj_id=row.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[:MOST_EVENTS]
    )
    names = _names({_told(event, "user") for event in events})
    changes = []
    for event, before in zip(events, [*events[1:], None], strict=True):
        changes.append(
            Change(
                at=event.pgh_created_at,
                who=names.get(_told(event, "user"), _("the system")),
                why=str(_told(event, "why") or ""),
                door=_door(_told(event, "door")),
                is_first=event.pgh_label == "insert",
                fields=list(_differences(row, event, before)),
            )
        )
    return changes


def _told(event: Any, key: str) -> Any:
    return event.pgh_context.metadata.get(key) if event.pgh_context else None


def _names(keys: set[Any]) -> dict[Any, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys - {None, ""})}


def _door(door: Any) -> str:
    doors = {
        "page": _("on a page"),
        "api": _("through the API"),
        "job": _("by a background job"),
        "command": _("by a command"),
    }
    return doors.get(door, "")


def _differences(row: Model, event: Any, before: Any) -> Iterator[FieldChange]:
    known = {column.attname for column in event._meta.concrete_fields}
    for column in row._meta.concrete_fields:
        if column.name in UNSAID or column.attname not in known:
            continue
        now = getattr(event, column.attname)
        was = getattr(before, column.attname) if before is not None else None
        first = event.pgh_label == "insert"
        if was == now or (before is None and (not first or now in (None, "", []))):
            continue
        label = str(LABELS.get(column.name, column.verbose_name))
        yield FieldChange(label, _in_words(column, was), _in_words(column, now))


def _in_words(column: Any, value: Any) -> str:
    if column.name == "roles":
        return ", ".join(str(Role(role).label) for role in value or ()) or "–"
    if column.related_model is not None:
        found = column.related_model._default_manager.filter(pk=value).first()
        return str(found) if found else "–"
    if hasattr(value, "year") and not hasattr(value, "hour"):
        return date_format(value, "SHORT_DATE_FORMAT")
    return in_words(column, value, {})
