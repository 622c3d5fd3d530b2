"""What inspectors have before them: the masts to visit, worst and longest unseen first."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from infra.models import User
from sites.choices import Grade, ProposalState
from sites.models import Inspection, Mast, RemediationProposal
from sites.models.mast import TO_VISIT, VISIT_ORDER, VISIT_RANK, VISIT_RANKS
from sites.models.mast import MastQuerySet as Masts

OPEN_PROPOSAL = (ProposalState.PROPOSED, ProposalState.ACCEPTED)


def masts_to_visit(user: User) -> Masts:
    """Standing masts; within a grade those never verified come first."""
    return Mast.objects.visible_to(user).filter(TO_VISIT).order_by(*VISIT_ORDER)


def of_grade(masts: Masts, grade: str) -> Masts:
    """Asked by the rank that the order begins with, so that one index serves both."""
    return masts.alias(rank=VISIT_RANK).filter(rank=VISIT_RANKS[Grade(grade)])


def never_verified(masts: Masts) -> Masts:
    """Nobody has looked at them: a visit always leaves its day on the mast."""
    return masts.filter(last_verified_on=None)


def coded(masts: Masts, text: str) -> Masts:
    """Every word somewhere in the code."""
    for word in text.split():
        masts = masts.filter(code__icontains=word)
    return masts


def last_visits(masts: Sequence[Mast]) -> dict[int, datetime]:
    """When each of the masts that a page shows was last visited; one query."""
    visits = Inspection.objects.filter(mast__in=[mast.pk for mast in masts]).order_by()
    return dict(visits.values_list("mast").annotate(Max("counts_from")))


def without_proposal(user: User) -> Masts:
    """Masts of grade D that nobody has proposed anything for, in the order of the survey list."""
    proposals = RemediationProposal.objects.filter(mast=OuterRef("pk"), state__in=OPEN_PROPOSAL)
    masts = of_grade(masts_to_visit(user), Grade.D)
    return masts.filter(~Q(Exists(proposals)))
