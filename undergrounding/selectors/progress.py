"""How far a plan has come: its published figures beside what stands in the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from undergrounding.choices import RouteState
from undergrounding.models import PlanFigure, Route
from undergrounding.selectors.routes import facts_of_list

DECIDED = frozenset({RouteState.APPROVED, RouteState.IN_WORKS, RouteState.DONE})


@dataclass(frozen=True)
class Tally:
    """A number of routes and their kilometres."""

    routes: int = 0
    km: float = 0.0


@dataclass(frozen=True)
class PhaseProgress:
    """One figure of a plan with what the register holds for the same scheme and years."""

    figure: PlanFigure
    drawn: Tally
    decided: Tally
    done: Tally


def progress_of(rows: QuerySet[Route]) -> list[PhaseProgress]:
    """Every phase of every plan against the given routes; one query for all."""
    facts = facts_of_list(rows.exclude(scheme=None))
    figures = PlanFigure.objects.select_related("scheme").order_by("scheme", "pk")
    return [_phase(figure, facts) for figure in figures]


def tally(facts: Iterable[tuple[Any, ...]]) -> Tally:
    """Count and kilometres of (scheme, year, state, metres)."""
    lengths = [fact[3] for fact in facts]
    return Tally(len(lengths), sum(lengths) / 1000)


def _phase(figure: PlanFigure, facts: list[tuple[Any, ...]]) -> PhaseProgress:
    years = range(figure.from_year, figure.to_year + 1)
    mine = [f for f in facts if f[0] == figure.scheme_id and (f[1] is not None and f[1] in years)]
    return PhaseProgress(
        figure,
        drawn=tally(mine),
        decided=tally(f for f in mine if f[2] in DECIDED),
        done=tally(f for f in mine if f[2] == RouteState.DONE),
    )
