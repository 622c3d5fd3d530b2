"""Reads dossiers and positions for the pages of appraisals."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from infra.ground.rules import Finding, Severity
from infra.models import Dossier, Person, User
from infra.people.access.scope import scope_of
from sites.appraisal.selectors.screening import subject_of
from sites.choices import AGREEING, RESULT_STATES, OperatingStatus
from sites.models import CandidateLocation, Mast, Screening

DEPARTMENT_SCOPE = "all"
MOST_RELOCATIONS = 10


@dataclass(frozen=True)
class Positions:
    """How many positions a dossier has, and how many of those have a result."""

    count: int = 0
    decided: int = 0


def positions_counted(dossiers: Iterable[Dossier]) -> dict[int, Positions]:
    """The counts of the dossiers that a page shows, by key; one query."""
    rows = CandidateLocation.objects.filter(dossier__in=[dossier.pk for dossier in dossiers])
    counts = (
        rows.order_by()
        .values("dossier")
        .annotate(count=Count("pk"), decided=Count("pk", filter=~Q(outcome="")))
    )
    return {row["dossier"]: Positions(row["count"], row["decided"]) for row in counts}


def relocations_of(mast: Mast, user: Person) -> list[CandidateLocation]:
    """Where the mast is asked to move, as far as the person sees the dossiers.

    `shown_outcome` is empty until the person may read it; `must_go` says that the old mast has
    to be dismantled once the new one is on air.
    """
    rows = (
        CandidateLocation.objects.visible_to(user)
        .filter(old_mast=mast)
        .select_related("dossier")
        .order_by("-dossier__created_at")
    )
    found = list(rows[:MOST_RELOCATIONS])
    for row in found:
        is_open = outcomes_are_open(row.dossier, user)
        marked: Any = row
        marked.shown_outcome = row.outcome if is_open else ""
        marked.shown_label = row.get_outcome_display() if is_open else ""
        marked.must_go = (
            row.outcome in AGREEING
            and row.dossier.state in RESULT_STATES
            and mast.operating_status != OperatingStatus.DISMANTLED
        )
    return found


def outcomes_are_open(dossier: Dossier, user: Person) -> bool:
    """Whether the person reads the results: the department always, others once it is issued."""
    works_here = isinstance(user, User) and user.is_department
    return works_here or dossier.state in RESULT_STATES


def positions_of(dossier: Dossier, user: User) -> QuerySet[CandidateLocation]:
    """The positions in order, each with the newest screening made in the person's sight."""
    screenings = Screening.objects.filter(scope=scope_of(user)).order_by("-ran_at")
    return (
        dossier.candidates.select_related("old_mast", "share_with", "decided_by")
        .prefetch_related(Prefetch("screenings", queryset=screenings, to_attr="seen_screenings"))
        .order_by("order")
    )


def latest_screening(candidate: CandidateLocation, user: User) -> Screening | None:
    """The newest screening made within what this person may see."""
    return candidate.screenings.filter(scope=scope_of(user)).first()


def fresh_screening(
    candidate: CandidateLocation, scope: str = DEPARTMENT_SCOPE
) -> Screening | None:
    """The newest screening of a scope, if it judged the position as it stands."""
    newest = candidate.screenings.filter(scope=scope).first()
    return newest if newest and is_fresh(newest, candidate) else None


def is_fresh(screening: Screening, candidate: CandidateLocation) -> bool:
    """Whether the screening judged the position as it stands now."""
    return bool(screening.subject == subject_of(candidate).to_json())


def findings_of(screening: Screening | None) -> list[Finding]:
    """The findings as they were frozen, gravest first."""
    return [Finding.from_json(row) for row in screening.findings] if screening else []


def blocking_rules(screening: Screening) -> list[str]:
    """The rules that a screening found not passed."""
    return [
        finding.rule for finding in findings_of(screening) if finding.severity == Severity.BLOCKING
    ]


def count_by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    counts = dict.fromkeys((severity.value for severity in Severity), 0)
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts
