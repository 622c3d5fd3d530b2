"""Reads of dossiers, already scoped to the person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from infra.cases.clock.dossiers import CLOSED
from infra.ground.choices import DossierState, Role
from infra.ground.plaintext import plain
from infra.models import Consultation, Dossier, Organisation, User
from infra.models.dossier import BY_URGENCY, DOSSIER_TEXT

S = DossierState
OPEN = tuple(state for state in DossierState.values if state not in CLOSED)
# Role → the states in which a dossier waits for it.
WAITS_FOR = {
    Role.OFFICER: (S.SUBMITTED, S.APPRAISING, S.SUPPLEMENT_REQUESTED, S.WITHDRAWAL_REQUESTED),
    Role.HEAD: (S.WITH_HEAD,),
    Role.LEADER: (S.WITH_LEADER,),
    Role.CLERK: (S.SIGNED, S.ISSUED),
    Role.OPERATOR: (S.DRAFT, S.SUPPLEMENT_REQUESTED),
}


@dataclass(frozen=True)
class DossierFilter:
    """What a list may be narrowed by; empty means all."""

    state: str = ""
    procedure: str = ""
    applicant: int | None = None
    officer: int | None = None
    text: str = ""
    due: str = ""
    year: int | None = None
    is_waiting: bool = False
    """Only those whose next step is the reader's, as the home page counts them."""


def dossier_list(user: User, narrowed: DossierFilter | None = None) -> QuerySet[Dossier]:
    """Dossiers the person sees: open ones by due date, then closed ones, newest first."""
    rows: QuerySet[Dossier] = Dossier.objects.visible_to(user)
    if narrowed:
        rows = _narrow(rows, narrowed, user)
    rows = rows.select_related("applicant", "procedure", "officer")
    return rows.prefetch_related("pauses", "supplements").order_by(*BY_URGENCY)


def dossiers_in_hand(user: User) -> QuerySet[Dossier]:
    """Dossiers whose next step is this person's by role."""
    return Dossier.objects.visible_to(user).filter(_waits_for(user))


def unanswered(user: User) -> QuerySet[Consultation]:
    """Questions to the person's body that wait for an answer."""
    return Consultation.objects.filter(body=user.organisation_id, answered_at=None)


def _waits_for(user: User) -> Q:
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
    return wanted


def _asks(user: User) -> Q:
    if not user.has_role(Role.CONSULTED):
        return Q(pk__in=[])
    return Q(pk__in=unanswered(user).order_by().values("dossier"))


def _narrow(rows: QuerySet[Dossier], narrowed: DossierFilter, user: User) -> QuerySet[Dossier]:
    if narrowed.is_waiting:
        rows = rows.filter(_waits_for(user) if user.has_role(*WAITS_FOR) else _asks(user))
    exact = {
        "state": narrowed.state,
        "procedure__kind": narrowed.procedure,
        "applicant": narrowed.applicant,
        "officer": narrowed.officer,
        "created_at__year": narrowed.year,
    }
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if narrowed.text:
        rows = with_text(rows, narrowed.text)
    return rows.filter(_due(narrowed.due, timezone.localdate()))


def with_text(rows: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    """Where each word stands in code, portal code, letter number, subject or applicant.

    The applicants whose name holds the word are looked up first: then both halves of the question
    have an index.
    """
    names = [(pk, plain(name)) for pk, name in Organisation.objects.values_list("pk", "short_name")]
    rows = rows.alias(text=DOSSIER_TEXT)
    for word in plain(text).split():
        applicants = [pk for pk, name in names if word in name]
        rows = rows.filter(Q(applicant__in=applicants) | Q(text__contains=word))
    return rows


def _due(due: str, today: date) -> Q:
    if due == "overdue":
        return Q(due_on__lt=today, state__in=OPEN)
    if due == "week":
        return Q(due_on__range=(today, today + timedelta(days=7)), state__in=OPEN)
    return Q()
