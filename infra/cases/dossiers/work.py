"""What waits for a person: dossiers, consultations and documents, for the home page and search."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.cases import moves_with_case
from infra.cases.documents.selectors import authority_of
from infra.cases.dossiers.selectors import text_match
from infra.cases.workflow.addresses import page_of
from infra.ground.choices import DocumentState, DossierState, Role
from infra.models import Consultation, Document, Dossier, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.people.worklist import PER_PROVIDER, WorkItem

S = DossierState
PAUSED = frozenset({S.SUPPLEMENT_REQUESTED})
# Role → the states in which a dossier waits for it.
WAITS_FOR = {
    Role.OFFICER: (S.SUBMITTED, S.APPRAISING, S.SUPPLEMENT_REQUESTED, S.WITHDRAWAL_REQUESTED),
    Role.HEAD: (S.WITH_HEAD,),
    Role.LEADER: (S.WITH_LEADER,),
    Role.CLERK: (S.SIGNED, S.ISSUED),
    Role.OPERATOR: (S.DRAFT, S.SUPPLEMENT_REQUESTED),
}


def dossier_work(user: User) -> Iterator[WorkItem]:
    """Dossiers whose next step is this person's."""
    for row in _waiting(user)[:PER_PROVIDER]:
        yield WorkItem(
            title=f"{row} · {row.applicant}",
            sentence=_sentence(row, user),
            url=page_of(row),
            due_on=row.due_on,
            kind=str(_("Dossier")),
            state_label=row.get_state_display(),
            is_paused=row.state in PAUSED and not user.has_role(Role.OPERATOR),
        )


def consultation_work(user: User) -> Iterator[WorkItem]:
    """Questions to the person's body that wait for an answer."""
    if not user.has_role(Role.CONSULTED):
        return
    rows = Consultation.objects.filter(body=user.organisation_id, answered_at=None)
    for row in rows.select_related("dossier__applicant")[:PER_PROVIDER]:
        yield WorkItem(
            title=f"{row.dossier} · {row.dossier.applicant}",
            sentence=row.question,
            url=page_of(row.dossier),
            due_on=row.due_on,
            kind=str(_("Opinion asked")),
        )


def document_work(user: User) -> Iterator[WorkItem]:
    """Documents of their own way: to be signed by who may, to be issued by the clerk."""
    states = []
    if user.has_role(Role.LEADER, Role.HEAD):
        states.append(DocumentState.FOR_SIGNATURE)
    if user.has_role(Role.CLERK):
        states.append(DocumentState.SIGNED)
    rows = Document.objects.filter(state__in=states).select_related("target_type")
    for row in rows.order_by("updated_at")[:PER_PROVIDER]:
        if moves_with_case(row) or not _is_for(row, user):
            continue
        is_signing = row.state == DocumentState.FOR_SIGNATURE
        yield WorkItem(
            title=row.subject,
            sentence=_("Sign or send back.") if is_signing else _("Number and issue."),
            url=reverse("document_detail", args=[row.uuid]),
            kind=row.get_type_display(),
            state_label=row.get_state_display(),
        )


def dossier_search(user: User | AnonymousUser, text: str) -> list[SearchResult]:
    """Dossiers by code, portal code, letter number, applicant or words of the subject."""
    rows = Dossier.objects.visible_to(user).filter(text_match(text))
    return [
        SearchResult(
            kind=str(_("Dossier")),
            title=str(row),
            url=page_of(row),
            detail=f"{row.applicant} · {row.get_state_display()}",
        )
        for row in rows.select_related("applicant")[:PER_SOURCE]
    ]


def _waiting(user: User) -> QuerySet[Dossier]:
    wanted = Q(pk__in=[])
    for role, states in WAITS_FOR.items():
        if not user.has_role(role):
            continue
        mine = Q(state__in=states)
        if role == Role.OFFICER:
            mine &= Q(officer=user) | Q(officer=None)
        if role == Role.OPERATOR:
            mine &= Q(applicant=user.organisation_id)
        wanted |= mine
    rows = Dossier.objects.visible_to(user).filter(wanted).select_related("applicant")
    return rows.order_by(F("due_on").asc(nulls_last=True), "created_at")


def _sentence(row: Dossier, user: User) -> str:
    sentences: dict[Any, str] = {
        S.DRAFT: _("Finish the draft and submit it."),
        S.SUBMITTED: _("Receive it, or say why not."),
        S.APPRAISING: _("Appraise and submit to the head of division."),
        S.SUPPLEMENT_REQUESTED: _("Waits for the applicant's supplement."),
        S.WITH_HEAD: _("Check and submit to the leader, or send back."),
        S.WITH_LEADER: _("Sign or send back."),
        S.SIGNED: _("Number and issue."),
        S.ISSUED: _("Hand over the result."),
        S.WITHDRAWAL_REQUESTED: _("Accept the withdrawal, or go on."),
    }
    if row.state == S.SUPPLEMENT_REQUESTED and user.has_role(Role.OPERATOR):
        return _("Send what the department asks for.")
    return sentences[row.state]


def _is_for(row: Document, user: User) -> bool:
    if row.state == DocumentState.SIGNED:
        return user.has_role(Role.CLERK)
    return authority_of(user, row.type, timezone.localdate()) is not None
