"""Documents that move with their case: a dossier's letter is signed when the dossier is."""

from collections.abc import Mapping
from typing import Any

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


def case_hinders(document: Document, transition: str) -> list[str]:
    """The sentence for who tries to move a case's document by itself."""
    target: Any = document.target
    if not moves_with_case(document):
        return []
    allowed = CASES.get((target._meta.label, document.type)).get(transition, frozenset())
    if target.state in allowed:
        return []
    return [_("This document moves with “%(case)s”: take the step there.") % {"case": str(target)}]
