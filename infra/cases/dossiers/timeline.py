"""What happened to an object, as one list: steps, comments, documents, files, changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.cases.documents.selectors import documents_of
from infra.cases.workflow.registry import workflow_of
from infra.files.selectors import files_of
from infra.ground.choices import CommentVisibility
from infra.models import Comment, Consultation, Document, Dossier, TransitionRecord, User
from infra.models.base import VersionedModel
from infra.work.history.changes import FieldChange, changes_from, events_of

# Steps inside the department: others learn the result, not the way to it.
INSIDE = frozenset({"propose", "submit_to_leader", "send_back", "sign", "freeze", "thaw"})
# The fields whose changes are told; states, codes and moments come with the steps.
TOLD: dict[str, str | Promise] = {
    "title": gettext_lazy("subject"),
    "procedure": gettext_lazy("procedure"),
    "applicant": gettext_lazy("applicant"),
    "officer": gettext_lazy("officer"),
    "channel": gettext_lazy("channel"),
    "external_code": gettext_lazy("national portal code"),
    "letter_number": gettext_lazy("letter number"),
    "letter_date": gettext_lazy("letter date"),
    "note": gettext_lazy("note"),
    "due_on": gettext_lazy("due date"),
    "question": gettext_lazy("question"),
    "opinion": gettext_lazy("opinion"),
    "answer": gettext_lazy("answer"),
    "subject": gettext_lazy("subject"),
    "context": gettext_lazy("content"),
    "valid_until": gettext_lazy("valid until"),
}


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
        *_changes(target, user),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def comments_of(target: VersionedModel, user: User) -> QuerySet[Comment]:
    """The object's comments; internal ones only for the department."""
    kind = ContentType.objects.get_for_model(target)
    rows = Comment.objects.filter(target_type=kind, target_id=target.pk).select_related("author")
    return rows if user.is_department else rows.filter(visibility=CommentVisibility.PUBLIC)


def records_of(target: VersionedModel, user: User) -> QuerySet[TransitionRecord]:
    """The object's steps; those inside the department only for its people."""
    kind = ContentType.objects.get_for_model(target)
    rows = TransitionRecord.objects.filter(target_type=kind, target_id=target.pk)
    rows = rows.select_related("actor__organisation")
    return rows if user.is_department else rows.exclude(transition__in=INSIDE)


def steps_of(target: VersionedModel, user: User) -> Iterator[Entry]:
    """The object's steps as lines, oldest first."""
    table = workflow_of(target)
    for record in records_of(target, user):
        edge = table.edge(record.transition, record.from_state) if table else None
        state = table.states(record.to_state).label if table else record.to_state
        yield Entry(
            at=record.at,
            kind="step",
            title=f"{edge.label if edge else record.transition} → {state}",
            who=author_name(record.actor, record.actor_name, user),
            body=record.reason,
        )


def _comments(target: VersionedModel, user: User) -> Iterator[Entry]:
    for row in comments_of(target, user):
        yield Entry(
            at=row.created_at,
            kind="comment",
            title=_("Comment"),
            who=author_name(row.author, row.author.get_full_name(), user),
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


def _changes(target: VersionedModel, user: User) -> Iterator[Entry]:
    """What was changed beside the steps, on the dossier, its consultations and its documents."""
    if not (user.is_department and isinstance(target, Dossier)):
        return
    kind = ContentType.objects.get_for_model(target)
    pairs = [
        *events_of(Dossier, pgh_obj_id=target.pk),
        *events_of(Consultation, dossier_id=target.pk),
        *events_of(Document, target_type_id=kind.pk, target_id=target.pk),
    ]
    for change in changes_from(pairs, labels=TOLD):
        if change.kind != "insert":
            yield Entry(
                at=change.at,
                kind="change",
                title=f"{change.what}: {change.kind_words}".capitalize(),
                who=change.who,
                body="\n".join(_difference(one) for one in change.fields),
                is_internal=True,
            )


def _difference(change: FieldChange) -> str:
    if change.was == change.now:  # too long to be told, such as the words of a letter
        return change.label
    return f"{change.label}: {change.was} → {change.now}"


def _files(target: VersionedModel, user: User) -> Iterator[Entry]:
    for row in files_of(target, user):
        yield Entry(
            at=row.uploaded_at,
            kind="file",
            title=row.name,
            who=author_name(row.uploaded_by, "", user),
            url=reverse("file", args=[row.uuid]),
            is_internal=row.is_internal,
        )


def author_name(author: Any, name: str, reader: User) -> str:
    """The person's name inside one house; the organisation's for readers outside it."""
    if author is None:
        return name
    if reader.is_department or author.organisation_id == reader.organisation_id:
        return name or author.get_full_name()
    return str(author.organisation or "")
