"""What changed on a mast and what stands on it: who, when, why, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.gis.geos import Point
from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _

from infra.models import Organisation, User
from infra.places.geo.measure import distance_m
from infra.work.history.words import in_words, place_in_words
from sites.models import Mast

HIDDEN = frozenset(
    {"id", "uuid", "version", "created_at", "updated_at", "viewer_org_ids", "mast", "station"}
)
PARTS = ("Station", "StructuralAssessment", "Repair", "Lease")
INSIDE = frozenset({"Repair", "Lease"})
MOST_EVENTS = 400


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words; `was_at` and `is_at` (lon, lat) for positions."""

    label: str
    was: str
    now: str
    was_at: tuple[float, float] | None = None
    is_at: tuple[float, float] | None = None


@dataclass
class Change:
    """One write: when, by whom, why, through which door, and what it changed."""

    at: datetime
    who: str
    why: str
    door: str
    what: str
    kind: str
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def kind_words(self) -> str:
        """created, changed or deleted."""
        return {"insert": _("created"), "update": _("changed"), "delete": _("deleted")}[self.kind]

    @property
    def door_words(self) -> str:
        """Through which door, in words."""
        doors = {
            "page": _("on a page"),
            "api": _("through the API"),
            "job": _("by a background job"),
            "command": _("by a command"),
        }
        return doors.get(self.door, self.door)


def mast_changes(mast: Mast, *, with_inside: bool) -> list[Change]:
    """All changes of the mast and what stands on it, newest first; `with_inside`: papers too."""
    parts = [name for name in PARTS if name not in INSIDE or with_inside]
    found = list(_events("Mast", {"pgh_obj_id": mast.pk}))
    found += [pair for name in parts for pair in _events(name, {"mast_id": mast.pk})]
    people = _people([event for event, _before in found])
    organisations = dict(Organisation.objects.values_list("pk", "short_name"))
    changes = [_change(event, before, people, organisations) for event, before in found]
    shown = [change for change in changes if change.fields or change.kind != "update"]
    return sorted(shown, key=lambda change: change.at, reverse=True)


def _events(model_name: str, where: dict[str, int]) -> Iterator[tuple[Any, Any]]:
    """Each event with the one before it of the same row."""
    model = apps.get_model("sites", f"{model_name}Event")
    rows = model.objects.filter(**where).select_related("pgh_context").order_by("-pgh_id")
    before: dict[int, Any] = {}
    for event in reversed(rows[:MOST_EVENTS]):
        yield event, before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event


def _people(events: list[Any]) -> dict[int, str]:
    keys = {_told(event, "user") for event in events} - {None, ""}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _told(event: Any, key: str) -> Any:
    return (event.pgh_context.metadata.get(key) if event.pgh_context else None) or ""


def _change(
    event: Any, before: Any, people: dict[int, str], organisations: dict[int, str]
) -> Change:
    return Change(
        at=event.pgh_created_at,
        who=people.get(_told(event, "user"), _("the system")),
        why=_told(event, "why"),
        door=_told(event, "door"),
        what=_title(event),
        kind=event.pgh_label,
        fields=list(_differences(event, before, organisations)),
    )


def _title(event: Any) -> str:
    model: type[Model] = event.pgh_tracked_model
    name = str(getattr(event, "code", ""))
    return f"{model._meta.verbose_name} {name}".strip()


def _differences(event: Any, before: Any, organisations: dict[int, str]) -> Iterator[FieldChange]:
    if event.pgh_label == "delete":
        return
    for model_field in event.pgh_tracked_model._meta.concrete_fields:
        if model_field.name in HIDDEN:
            continue
        now = getattr(event, model_field.attname)
        was = getattr(before, model_field.attname) if before is not None else None
        if was == now or (before is None and now in (None, "", [])):
            continue
        yield FieldChange(
            str(model_field.verbose_name),
            in_words(model_field, was, organisations),
            _moved(was, now) or in_words(model_field, now, organisations),
            (was.x, was.y) if isinstance(was, Point) else None,
            (now.x, now.y) if isinstance(now, Point) else None,
        )


def _moved(was: Any, now: Any) -> str:
    if not (isinstance(was, Point) and isinstance(now, Point)):
        return ""
    metres = localize(round(distance_m(was, now), 1))
    return _("%(place)s (moved by %(metres)s m)") % {"place": place_in_words(now), "metres": metres}
