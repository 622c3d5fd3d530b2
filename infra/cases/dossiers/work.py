"""What waits for a person: dossiers, questions and documents, for the home page and search."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.cases.documents.cases import without_case
from infra.cases.documents.selectors import types_to_sign
from infra.cases.dossiers.selectors import WAITS_FOR, dossiers_in_hand, unanswered, with_text
from infra.cases.workflow.addresses import page_of
from infra.ground.choices import DocumentState, DossierState, Role
from infra.models import Consultation, Document, Dossier, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.people.worklist import WorkItem, WorkKind

S = DossierState
PAUSED = frozenset({S.SUPPLEMENT_REQUESTED})
WAITS_FOR_OTHERS = Case(
    When(state__in=PAUSED, then=Value(1)), default=Value(0), output_field=IntegerField()
)


def waiting_page() -> str:
    """The list of dossiers, narrowed to those that wait for who opens it."""
    return reverse("sites:dossier_list") + "?waiting=on"


def _dossiers(user: User) -> QuerySet[Dossier] | None:
    """What others have to move comes last, whatever its due date."""
    if not user.has_role(*WAITS_FOR):
        return None
    rows = dossiers_in_hand(user).select_related("applicant")
    return rows.order_by(
        *(() if user.has_role(Role.OPERATOR) else (WAITS_FOR_OTHERS,)),
        F("due_on").asc(nulls_last=True),
        "created_at",
        "pk",
    )


def _dossier(row: Dossier, user: User) -> WorkItem:
    return WorkItem(
        title=f"{row} · {row.applicant}",
        sentence=_sentence(row, user),
        url=page_of(row),
        due_on=row.due_on,
        state_label=row.get_state_display(),
        is_paused=row.state in PAUSED and not user.has_role(Role.OPERATOR),
    )


def _questions(user: User) -> QuerySet[Consultation] | None:
    if not user.has_role(Role.CONSULTED):
        return None
    rows = unanswered(user).select_related("dossier__applicant")
    return rows.order_by("due_on", "pk")


def _question(row: Consultation, _user: User) -> WorkItem:
    return WorkItem(
        title=f"{row.dossier} · {row.dossier.applicant}",
        sentence=row.question,
        url=page_of(row.dossier),
        due_on=row.due_on,
    )


def _documents(user: User) -> QuerySet[Document] | None:
    """Documents of their own way: to be signed by who may, to be issued by the clerk."""
    wanted = Q(pk__in=[])
    if user.has_role(Role.LEADER, Role.HEAD):
        types = types_to_sign(user, timezone.localdate())
        wanted |= Q(state=DocumentState.FOR_SIGNATURE, type__in=types)
    if user.has_role(Role.CLERK):
        wanted |= Q(state=DocumentState.SIGNED)
    elif not user.has_role(Role.LEADER, Role.HEAD):
        return None
    return without_case(Document.objects.filter(wanted)).order_by("updated_at", "pk")


def _document(row: Document, _user: User) -> WorkItem:
    is_signing = row.state == DocumentState.FOR_SIGNATURE
    return WorkItem(
        title=row.subject,
        sentence=_("Sign or send back.") if is_signing else _("Number and issue."),
        url=reverse("document_detail", args=[row.uuid]),
        state_label=row.get_state_display(),
    )


DOSSIERS = WorkKind(
    "dossiers",
    gettext_lazy("Dossiers that wait for you"),
    rows=_dossiers,
    item=_dossier,
    is_leading=True,
    page=waiting_page,
)
QUESTIONS = WorkKind(
    "questions",
    gettext_lazy("Opinions asked of you"),
    rows=_questions,
    item=_question,
    is_leading=True,
)
DOCUMENTS = WorkKind(
    "documents",
    gettext_lazy("Documents to sign or to issue"),
    rows=_documents,
    item=_document,
)
KINDS = (DOSSIERS, QUESTIONS, DOCUMENTS)


def dossier_search(user: User | AnonymousUser, text: str) -> list[SearchResult]:
    """Dossiers by code, portal code, letter number, applicant or words of the subject."""
    rows = with_text(Dossier.objects.visible_to(user), text)
    return [
        SearchResult(
            kind=str(_("Dossier")),
            title=str(row),
            url=page_of(row),
            detail=f"{row.applicant} · {row.get_state_display()}",
        )
        for row in rows.select_related("applicant")[:PER_SOURCE]
    ]


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
