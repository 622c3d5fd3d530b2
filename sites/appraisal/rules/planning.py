"""Passive-infrastructure plan: paused since công văn 724/BKHCN-CVT, so never a silent pass."""

from datetime import date

from infra.ground.rules import Finding, Limit, Severity
from sites.appraisal.rules.measured import Limits

RULE = "planning"
PAUSE = "planning-paused"
PLAN = "planning-in-force"


def judge(limits: Limits, on: date) -> Finding:
    """Advisory while planning is paused; a plan in force is compared by hand.

    A pause whose review is due on the day judged is told as what was once written.
    """
    pause, plan = limits.get(PAUSE), limits.get(PLAN)
    if pause is not None and plan is None:
        return Finding(
            rule=RULE,
            severity=Severity.ADVISORY,
            code="planning.paused_unreviewed" if _is_due(pause, on) else "planning.paused",
            params={"instrument": pause.citation.instrument},
            citation=pause.citation,
        )
    return Finding(
        rule=RULE,
        severity=Severity.UNDETERMINED,
        code="planning.compare_by_hand" if plan else "planning.unknown",
        params={"plan": plan.citation.instrument if plan else ""},
        citation=plan.citation if plan else None,
    )


def _is_due(row: Limit, on: date) -> bool:
    return row.citation.needs_review(on)
