"""Binds the dossier table and what the ground floor owns of it."""

from infra.cases.documents.cases import register_case
from infra.cases.documents.forms import IssueForm, ReplaceForm
from infra.cases.documents.search import document_search
from infra.cases.dossiers import guards
from infra.cases.dossiers.api import router
from infra.cases.dossiers.effects import EFFECTS
from infra.cases.dossiers.forms import SupplementAnswerForm, SupplementForm
from infra.cases.dossiers.telling import TELLERS
from infra.cases.dossiers.work import KINDS, dossier_search
from infra.cases.dossiers.workflow import DOSSIER
from infra.cases.workflow.registry import (
    register_effect,
    register_form,
    register_guard,
    register_permission,
    register_workflow,
)
from infra.ground.choices import DocumentType, DossierState
from infra.ground.routers import register_router
from infra.models import Dossier
from infra.models.targets import register_target
from infra.people.search import register_source
from infra.people.worklist import register_work

GUARDS = (
    guards.components_present,
    guards.supplement_itemised,
    guards.supplement_answered,
    guards.letter_drafted,
)
LETTER_MOVES_WITH = {
    "freeze": frozenset({DossierState.WITH_LEADER}),
    "thaw": frozenset({DossierState.WITH_HEAD, DossierState.APPRAISING}),
    "sign": frozenset({DossierState.SIGNED}),
    "issue": frozenset({DossierState.ISSUED}),
}


def register() -> None:
    """Called once, when Django is ready."""
    register_workflow(DOSSIER)
    register_target(Dossier)
    register_permission("dossier_applicant", guards.dossier_applicant)
    for guard in GUARDS:
        register_guard(guard.__name__, guard)
    for effect in EFFECTS:
        register_effect(effect.__name__, effect)
    for key, tell in TELLERS.items():
        register_effect(key, tell)
    register_form("supplement", SupplementForm)
    register_form("supplement_answer", SupplementAnswerForm)
    register_form("issue", IssueForm)
    register_form("replace_document", ReplaceForm)
    register_work(*KINDS)
    register_source(dossier_search)
    register_source(document_search)
    register_router("dossiers", router)
    register_case(Dossier._meta.label, DocumentType.REPLY_LETTER, LETTER_MOVES_WITH)
