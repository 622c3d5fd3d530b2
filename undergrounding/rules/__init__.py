"""The rules of a route: pure, cited; `judge` runs them all."""

from collections.abc import Mapping

from infra.ground.rules import Finding, Limit
from undergrounding.rules.crossing import judge_water
from undergrounding.rules.depth import LIMIT_OF_SURFACE, judge_depth
from undergrounding.rules.facts import RouteFacts, SegmentFact, Territory, WaterCrossing
from undergrounding.rules.shape import judge_description, judge_shape, judge_territory

LIMIT_CODES = tuple(LIMIT_OF_SURFACE.values())

__all__ = ["LIMIT_CODES", "RouteFacts", "SegmentFact", "Territory", "WaterCrossing", "judge"]


def judge(facts: RouteFacts, limits: Mapping[str, Limit | None]) -> list[Finding]:
    """Every finding on a route, in the order people read them."""
    depths = (judge_depth(segment, limits) for segment in facts.segments)
    return [
        judge_description(facts),
        judge_territory(facts),
        *(finding for finding in depths if finding),
        *judge_water(facts),
        *judge_shape(facts),
    ]
