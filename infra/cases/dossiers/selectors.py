"""Reads of dossiers, already scoped to the person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from infra.cases.clock.dossiers import CLOSED
from infra.ground.choices import DossierState
from infra.models import Dossier, User

OPEN = tuple(state for state in DossierState.values if state not in CLOSED)


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


def dossier_list(user: User, narrowed: DossierFilter | None = None) -> QuerySet[Dossier]:
    """Dossiers the person sees, the most urgent first."""
    seen = Dossier.objects.visible_to(user).select_related("applicant", "procedure", "officer")
    rows: QuerySet[Dossier] = seen.prefetch_related("pauses", "supplements")
    if narrowed:
        rows = _narrow(rows, narrowed)
    return rows.order_by(F("due_on").asc(nulls_last=True), "-created_at")


def _narrow(rows: QuerySet[Dossier], narrowed: DossierFilter) -> QuerySet[Dossier]:
    exact = {
        "state": narrowed.state,
        "procedure__kind": narrowed.procedure,
        "applicant": narrowed.applicant,
        "officer": narrowed.officer,
        "created_at__year": narrowed.year,
    }
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if narrowed.text:
        rows = rows.filter(text_match(narrowed.text))
    return rows.filter(_due(narrowed.due, timezone.localdate()))


def text_match(text: str) -> Q:
    """Where the words stand in code, portal code, letter number or subject."""
    words = Q()
    for word in text.split():
        words &= (
            Q(code__icontains=word)
            | Q(external_code__icontains=word)
            | Q(letter_number__icontains=word)
            | Q(title__icontains=word)
            | Q(applicant__short_name__icontains=word)
        )
    return words


def _due(due: str, today: date) -> Q:
    if due == "overdue":
        return Q(due_on__lt=today, state__in=OPEN)
    if due == "week":
        return Q(due_on__range=(today, today + timedelta(days=7)), state__in=OPEN)
    return Q()
