"""Runs the rules on a position and freezes what they said."""

from datetime import date

from django.utils import timezone

from infra.ground.rules import Finding
from infra.models import ConstraintDataset, Dossier, User
from infra.people.access.scope import scope_of
from sites.appraisal.rules.screening import judge
from sites.appraisal.selectors.screening import Subject, limits_for, measure, subject_of
from sites.models import CandidateLocation, Screening


def run_screening(*, candidate: CandidateLocation, actor: User) -> Screening:
    """Judge by the rows of the dossier's date; stores findings, limits and dataset versions."""
    on = judged_on(candidate.dossier)
    subject = subject_of(candidate)
    findings = judge_subject(subject, actor, on)
    return Screening.objects.create(
        candidate=candidate,
        candidate_version=candidate.version,
        scope=scope_of(actor),
        subject=subject.to_json(),
        as_of=on,
        findings=[finding.to_json() for finding in findings],
        datasets=current_datasets(),
        ran_by=actor,
    )


def judge_subject(subject: Subject, actor: User, on: date) -> list[Finding]:
    """The findings of one position, saved or not, within what the person may see."""
    limits = limits_for(on)
    return judge(measure(subject, limits, user=actor, on=on), limits, on)


def judged_on(dossier: Dossier) -> date:
    """The day whose rows judge: that of the letter's arrival, today while it is a draft."""
    moment = dossier.received_at or dossier.submitted_at
    return timezone.localtime(moment).date() if moment else timezone.localdate()


def current_datasets() -> dict[str, dict[str, object]]:
    """Kind → version, source and date of every constraint layer in force."""
    return {
        row.kind: {
            "version": row.version,
            "source": row.source,
            "source_date": row.source_date.isoformat(),
            "illustrative": row.is_illustrative,
        }
        for row in ConstraintDataset.objects.filter(is_current=True)
    }


def screen_dossier(*, dossier: Dossier, actor: User) -> int:
    """Run the rules on every position of the dossier; returns how many there were."""
    rows = list(dossier.candidates.select_related("dossier").order_by("order"))
    for candidate in rows:
        run_screening(candidate=candidate, actor=actor)
    return len(rows)
