"""Schemes, routes, segments, costs, decisions."""

from undergrounding.models.route import CommitteeDecision, CostRate, Route, Segment
from undergrounding.models.scheme import PlanFigure, Scheme

__all__ = ["CommitteeDecision", "CostRate", "PlanFigure", "Route", "Scheme", "Segment"]
