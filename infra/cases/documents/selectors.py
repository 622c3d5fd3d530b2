"""Reads of documents."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from infra.ground.choices import DocumentState, DocumentType
from infra.models import Document, SigningAuthority, User


def documents_of(target: Model) -> QuerySet[Document]:
    """The target's documents, newest first; narrow with `visible_to` before showing them."""
    kind = ContentType.objects.get_for_model(target)
    return Document.objects.filter(target_type=kind, target_id=target.pk)


def current_document(target: Model, document_type: DocumentType) -> Document | None:
    """The newest document of this type that still counts."""
    gone = (DocumentState.REPLACED, DocumentState.WITHDRAWN)
    return documents_of(target).filter(type=document_type).exclude(state__in=gone).first()


def authority_of(person: User, document_type: str, on: date) -> SigningAuthority | None:
    """The row that lets the person sign this type on that day; the newest where there are two.

    An authority that was given (TL., TUQ.) ends with the giver's own.
    """
    rows = _authorities(person, on).filter(document_type=document_type)
    return rows.order_by("-valid_from", "-pk").first()


def types_to_sign(person: User, on: date) -> QuerySet[SigningAuthority, str]:
    """The types for which `authority_of` has a row."""
    return _authorities(person, on).values_list("document_type", flat=True)


def _authorities(person: User, on: date) -> QuerySet[SigningAuthority]:
    """The person's rows that stand; one that was given stands while its giver's own does."""
    standing = SigningAuthority.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    )
    givers = standing.filter(
        delegated_by=None,
        person=OuterRef("delegated_by"),
        person__is_active=True,
        document_type=OuterRef("document_type"),
    )
    return standing.filter(Q(delegated_by=None) | Q(Exists(givers)), person=person)
