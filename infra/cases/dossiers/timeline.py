"""What happened to an object, as one list: steps, comments, documents, files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.cases.documents.selectors import documents_of
from infra.cases.workflow.registry import workflow_of
from infra.cases.workflow.table import Workflow
from infra.files.selectors import files_of
from infra.ground.choices import CommentVisibility
from infra.models import Comment, Document, TransitionRecord, User
from infra.models.base import VersionedModel
from infra.people.access.people import name_for


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    kind: str
    title: str
    who: str = ""
    body: str = ""
    url: str = ""
    is_internal: bool = False
    point: Point | None = field(default=None, compare=False)


def timeline(target: VersionedModel, user: User) -> list[Entry]:
    """Newest first, without what the person may not read."""
    entries = [
        *steps_of(target, user),
        *_comments(target, user),
        *_documents(target, user),
        *_files(target, user),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def comments_of(target: VersionedModel, user: User) -> QuerySet[Comment]:
    """The object's comments; internal ones only for the department."""
    kind = ContentType.objects.get_for_model(target)
    rows = Comment.objects.filter(target_type=kind, target_id=target.pk).select_related("author")
    return rows if user.is_department else rows.filter(visibility=CommentVisibility.PUBLIC)


def records_of(target: VersionedModel, user: User) -> QuerySet[TransitionRecord]:
    """The object's steps; people outside the department get those its table opens to them."""
    kind = ContentType.objects.get_for_model(target)
    rows = TransitionRecord.objects.filter(target_type=kind, target_id=target.pk)
    rows = rows.select_related("actor__organisation")
    return rows if user.is_department else rows.filter(_open_steps(workflow_of(target)))


def steps_of(target: VersionedModel, user: User) -> Iterator[Entry]:
    """The object's steps as lines, oldest first."""
    table = workflow_of(target)
    for record in records_of(target, user):
        yield Entry(
            at=record.at,
            kind="step",
            title=_step_title(table, record),
            who=name_for(user, record.actor, record.actor_name),
            body=record.reason,
        )


def _open_steps(table: Workflow | None) -> Q:
    """The records of edges and acts declared open; without a table there are none."""
    wanted = Q(pk__in=[])
    if table is None:
        return wanted
    for edge in table.transitions:
        if not edge.is_internal:
            wanted |= Q(transition=edge.name, from_state__in=edge.sources)
    acts = [act.name for act in table.acts if not act.is_internal]
    return wanted | Q(transition__in=acts)


def _step_title(table: Workflow | None, record: TransitionRecord) -> str:
    """What was done, and where the case stood then unless it stayed where it was."""
    if table is None:
        return f"{record.transition} → {record.to_state}"
    if act := table.act(record.transition):
        return str(act.label)
    edge = table.edge(record.transition, record.from_state)
    state = table.states(record.to_state).label
    return f"{edge.label if edge else record.transition} → {state}"


def _comments(target: VersionedModel, user: User) -> Iterator[Entry]:
    for row in comments_of(target, user):
        yield Entry(
            at=row.created_at,
            kind="comment",
            title=_("Comment"),
            who=name_for(user, row.author),
            body=row.body,
            is_internal=row.visibility == CommentVisibility.INTERNAL,
            point=row.point,
        )


def _documents(target: VersionedModel, user: User) -> Iterator[Entry]:
    readable = Document.objects.visible_to(user)
    for row in documents_of(target).filter(pk__in=readable.values("pk")):
        yield Entry(
            at=row.updated_at,
            kind="document",
            title=f"{row.get_type_display()}: {row.get_state_display()}",
            body=row.full_number or row.subject,
            url=reverse("document_detail", args=[row.uuid]),
        )


def _files(target: VersionedModel, user: User) -> Iterator[Entry]:
    for row in files_of(target, user):
        yield Entry(
            at=row.uploaded_at,
            kind="file",
            title=row.name,
            who=name_for(user, row.uploaded_by),
            url=reverse("file", args=[row.uuid]),
            is_internal=row.is_internal,
        )
