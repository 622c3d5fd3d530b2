"""Who changed a row last: from its recorded steps, else from the history its triggers keep."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from pghistory.core import event_models

from infra.ground.versions import Change
from infra.models import TransitionRecord, User
from infra.models.base import VersionedModel
from infra.people.access.people import name_for


def last_change(row: VersionedModel, reader: User | None = None) -> Change:
    """The newest write of the row; without a name where none was kept.

    A reader outside the department learns the body that wrote, not the person.
    """
    if record := record_of_version(row):
        who = name_for(reader, record.actor, record.actor_name)
        return Change(record.at, who, _state_of(row))
    event = _last_event(row)
    if event is None:
        return Change(row.updated_at)
    return Change(event.pgh_created_at, name_for(reader, _writer(event)))


def record_of_version(row: VersionedModel, version: int | None = None) -> TransitionRecord | None:
    """The record of the write that made this version (the one that stands); None without one."""
    kind = ContentType.objects.get_for_model(row)
    records = TransitionRecord.objects.filter(target_type=kind, target_id=row.pk)
    return records.filter(version=version or row.version).order_by("-pk").first()


def _state_of(row: Any) -> str:
    return str(row.get_state_display())


def _last_event(row: VersionedModel) -> Any:
    """The newest event of a tracked row; a model tracked by nobody has none."""
    for model in event_models(tracks_model=type(row)):
        events: Any = model._default_manager.filter(pgh_obj_id=row.pk)
        return events.select_related("pgh_context").order_by("-pgh_id").first()
    return None


def _writer(event: Any) -> User | None:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    key = metadata.get("user")
    return User.objects.filter(pk=key).first() if key else None
