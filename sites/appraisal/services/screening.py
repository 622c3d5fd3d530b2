"""Runs the rules on a position and freezes what they said."""

from datetime import date

from django.utils import timezone

from infra.ground.rules import Finding
from infra.models import Dossier, User
from infra.people.access.scope import scope_of
from sites.appraisal.rules.measured import Measures
from sites.appraisal.rules.screening import judge
from sites.appraisal.selectors.around import Layers
from sites.appraisal.selectors.screening import Basis, Subject, basis_on, measure, subject_of
from sites.models import CandidateLocation, Screening


def run_screening(
    *, candidate: CandidateLocation, actor: User, basis: Basis | None = None
) -> Screening:
    """Judge by the rows of the dossier's date; stores findings, limits and dataset versions."""
    basis = basis or basis_on(judged_on(candidate.dossier))
    subject = subject_of(candidate)
    findings, _measures = judge_subject(subject, actor, basis)
    return Screening.objects.create(
        candidate=candidate,
        candidate_version=candidate.version,
        scope=scope_of(actor),
        subject=subject.to_json(),
        as_of=basis.on,
        findings=[finding.to_json() for finding in findings],
        datasets=_versions(basis.layers),
        ran_by=actor,
    )


def judge_subject(subject: Subject, actor: User, basis: Basis) -> tuple[list[Finding], Measures]:
    """The findings of one position, saved or not, and what was measured for them.

    Both stay within what the person may see.
    """
    measures = measure(subject, basis, user=actor)
    return judge(measures, basis.limits, basis.on), measures


def judged_on(dossier: Dossier) -> date:
    """The day whose rows judge: that of the letter's arrival, today while it is a draft."""
    moment = dossier.received_at or dossier.submitted_at
    return timezone.localtime(moment).date() if moment else timezone.localdate()


def screen_dossier(*, dossier: Dossier, actor: User) -> int:
    """Run the rules on every position of the dossier; returns how many there were."""
    rows = list(dossier.candidates.select_related("dossier").order_by("order"))
    screen_all(rows, dossier=dossier, actor=actor)
    return len(rows)


def screen_all(rows: list[CandidateLocation], *, dossier: Dossier, actor: User) -> None:
    """Run the rules on positions of one dossier, all by the same limits and layers."""
    basis = basis_on(judged_on(dossier))
    for candidate in rows:
        run_screening(candidate=candidate, actor=actor, basis=basis)


def _versions(layers: Layers) -> dict[str, dict[str, object]]:
    """Kind → version, source and date of every constraint layer that was asked."""
    return {
        kind: {
            "version": row.version,
            "source": row.source,
            "source_date": row.source_date.isoformat(),
            "illustrative": row.is_illustrative,
        }
        for kind, row in layers.items()
    }
