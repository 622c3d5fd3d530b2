"""What changed: who, when, why and field by field, read from what the triggers keep."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.gis.geos import Point
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from infra.models import User
from infra.work.history.words import in_words

HIDDEN = frozenset({"id", "uuid", "version", "created_at", "updated_at"})
MOST_EVENTS = 400

Pair = tuple[Any, Any]
"""An event, and the one before it of the same row (None where none is kept)."""
Names = Mapping[type[Model], Mapping[Any, str]]


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


def events_of(model: type[Model], **where: Any) -> Iterator[Pair]:
    """The newest events of the rows asked for, oldest first."""
    events: Any = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    rows = events.objects.filter(**where).select_related("pgh_context").order_by("-pgh_id")
    before: dict[int, Any] = {}
    for event in reversed(rows[:MOST_EVENTS]):
        yield event, before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event


def changes_of(row: Model) -> list[Change]:
    """All changes of one row, newest first."""
    return changes_from(events_of(type(row), pgh_obj_id=row.pk))


def changes_from(
    pairs: Iterable[Pair],
    *,
    hidden: frozenset[str] = frozenset(),
    labels: Mapping[str, str | Promise] | None = None,
    moved: Callable[[Point, Point], str] | None = None,
) -> list[Change]:
    """Events as a person reads them, newest first, without writes that changed nothing shown.

    `labels` names the fields to be shown (all without it), `moved` puts a new position in words.
    """
    found = list(pairs)
    words = _Words(hidden, labels, moved, _names(found))
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=_writers(found))}
    changes = []
    for event, before in found:
        differences = list(words.differences(event, before))
        if not differences and event.pgh_label == "update" and before is not None:
            continue
        changes.append(
            Change(
                at=event.pgh_created_at,
                who=people.get(_told(event, "user"), _("the system")),
                why=_told(event, "why"),
                door=_told(event, "door"),
                what=_title(event),
                kind=event.pgh_label,
                fields=differences,
            )
        )
    changes.reverse()  # of two changes of one moment the later one comes first
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _writers(pairs: list[Pair]) -> set[Any]:
    return {_told(event, "user") for event, _before in pairs} - {""}


def _told(event: Any, key: str) -> Any:
    return (event.pgh_context.metadata.get(key) if event.pgh_context else None) or ""


def _names(pairs: list[Pair]) -> Names:
    """What foreign keys point at, by one question for each model."""
    keys: dict[type[Model], set[Any]] = defaultdict(set)
    for event, _before in pairs:
        for model_field in event.pgh_tracked_model._meta.concrete_fields:
            if model_field.related_model and model_field.name not in HIDDEN:
                keys[model_field.related_model].add(getattr(event, model_field.attname, None))
    return {
        model: {row.pk: str(row) for row in model._default_manager.filter(pk__in=wanted - {None})}
        for model, wanted in keys.items()
        if wanted - {None}
    }


def _title(event: Any) -> str:
    model: type[Model] = event.pgh_tracked_model
    name = str(getattr(event, "code", None) or "")
    return f"{model._meta.verbose_name} {name}".strip()


@dataclass(frozen=True)
class _Words:
    """How fields are told."""

    hidden: frozenset[str]
    labels: Mapping[str, str | Promise] | None
    moved: Callable[[Point, Point], str] | None
    names: Names

    def differences(self, event: Any, before: Any) -> Iterator[FieldChange]:
        """The fields told, where they changed; a deletion, or a change of the unknown, has none."""
        if event.pgh_label == "delete" or (before is None and event.pgh_label == "update"):
            return
        for model_field in self._shown(event):
            now = getattr(event, model_field.attname)
            was = getattr(before, model_field.attname) if before is not None else None
            if was == now or (before is None and now in (None, "", [])):
                continue
            yield FieldChange(
                str((self.labels or {}).get(model_field.name) or model_field.verbose_name),
                self._told(model_field, was),
                self._moved(was, now) or self._told(model_field, now),
                (was.x, was.y) if isinstance(was, Point) else None,
                (now.x, now.y) if isinstance(now, Point) else None,
            )

    def _shown(self, event: Any) -> Iterator[Any]:
        kept = {model_field.attname for model_field in event._meta.concrete_fields}
        for model_field in event.pgh_tracked_model._meta.concrete_fields:
            name = model_field.name
            told = self.labels is None or name in self.labels
            if told and model_field.attname in kept and name not in HIDDEN | self.hidden:
                yield model_field

    def _told(self, model_field: Any, value: Any) -> str:
        return in_words(model_field, value, self.names.get(model_field.related_model, {}))

    def _moved(self, was: Any, now: Any) -> str:
        if self.moved and isinstance(was, Point) and isinstance(now, Point):
            return self.moved(was, now)
        return ""
