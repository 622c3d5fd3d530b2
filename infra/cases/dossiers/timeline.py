"""What happened to an object, as one list: steps, comments, documents, files, changes."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.cases.documents.selectors import documents_of
from infra.cases.workflow.trail import Entry, steps_of
from infra.files.selectors import files_of
from infra.ground.choices import CommentVisibility
from infra.models import Comment, Consultation, Document, Dossier, User
from infra.models.base import VersionedModel
from infra.people.access.people import name_for
from infra.work.history.changes import FieldChange, changes_from, events_of

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
            who=name_for(user, row.uploaded_by),
            url=reverse("file", args=[row.uuid]),
            is_internal=row.is_internal,
        )
