"""Schemes, routes, segments, costs, decisions."""

from undergrounding.models.cost import CostRate
from undergrounding.models.decision import CommitteeDecision
from undergrounding.models.route import DECIDED_STATES, Route, Segment
from undergrounding.models.scheme import PlanFigure, Scheme

__all__ = [
    "DECIDED_STATES",
    "CommitteeDecision",
    "CostRate",
    "PlanFigure",
    "Route",
    "Scheme",
    "Segment",
]
