"""Reads dossiers and positions for the pages of appraisals."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from infra.access.scope import scope_of
from infra.models import Dossier, User
from infra.rules import Finding, Severity
from sites.choices import RESULT_STATES
from sites.models import CandidateLocation, Screening
from sites.selectors.screening import subject_of

DEPARTMENT_SCOPE = "all"


def counted(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with how many positions they have, and how many of those have a result."""
    return rows.annotate(
        position_count=Count("candidates", distinct=True),
        decided_count=Count("candidates", filter=~Q(candidates__outcome=""), distinct=True),
    )


def outcomes_are_open(dossier: Dossier, user: User) -> bool:
    """Whether the person reads the results: the department always, others once it is issued."""
    return user.is_department or dossier.state in RESULT_STATES


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
