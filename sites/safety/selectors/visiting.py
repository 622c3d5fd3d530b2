"""What inspectors have before them: the masts to visit, worst and longest unseen first."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, Value

from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import query_words
from infra.models import User
from sites.choices import Grade, ProposalState
from sites.models import Inspection, Mast, RemediationProposal
from sites.models.mast import TO_VISIT, VISIT_ORDER, VISIT_RANK, VISIT_RANKS
from sites.models.mast import MastQuerySet as Masts
from sites.permissions import words_asked

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


def named(masts: Masts, text: str, user: User) -> Masts:
    """Every word somewhere in what the register finds the mast by."""
    words = query_words(text)
    if not words:
        return masts.none() if text.strip() else masts
    return masts.filter(HoldsWords(F("search__words"), Value(words_asked(words, user))))


def last_visits(masts: Sequence[Mast]) -> dict[int, datetime]:
    """When each of the masts that a page shows was last visited; one query."""
    visits = Inspection.objects.filter(mast__in=[mast.pk for mast in masts]).order_by()
    return dict(visits.values_list("mast").annotate(Max("counts_from")))


def without_proposal(user: User) -> Masts:
    """Masts of grade D that nobody has proposed anything for, in the order of the survey list."""
    proposals = RemediationProposal.objects.filter(mast=OuterRef("pk"), state__in=OPEN_PROPOSAL)
    masts = of_grade(masts_to_visit(user), Grade.D)
    return masts.filter(~Q(Exists(proposals)))
