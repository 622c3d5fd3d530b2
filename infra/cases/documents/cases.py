"""Documents that move with their case: a dossier's letter is signed when the dossier is."""

from collections.abc import Mapping
from typing import Any, cast

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infra.ground.registry import Registry
from infra.models import Document

States = Mapping[str, frozenset[str]]
CASES: Registry[States] = Registry("case of a document")


def register_case(model: str, document_type: str, states: States) -> None:
    """Let a type of document move only in these states of its target (transition → states)."""
    CASES.register((model, document_type), states)


def moves_with_case(document: Document) -> bool:
    """Whether the document's steps are taken on its target's page."""
    target: Any = document.target
    return target is not None and (target._meta.label, document.type) in CASES


def without_case(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those whose steps are taken on their own page."""
    for model, document_type in cast(
        "list[tuple[str, str]]", [key for key, _states in CASES.items()]
    ):
        kind = ContentType.objects.get_for_model(apps.get_model(model))
        documents = documents.exclude(target_type=kind, type=document_type)
    return documents


def case_hinders(document: Document, transition: str) -> list[str]:
    """The sentence for who tries to move a case's document by itself."""
    target: Any = document.target
    if not moves_with_case(document):
        return []
    allowed = CASES.get((target._meta.label, document.type)).get(transition, frozenset())
    if target.state in allowed:
        return []
    return [_("This document moves with “%(case)s”: take the step there.") % {"case": str(target)}]
