"""Crossings of rivers and canals: the body in charge has to be asked."""

from infra.ground.rules import Finding, Severity
from undergrounding.rules.facts import RouteFacts

RULE = "water_crossing"
UNDER_WATER = frozenset({"hdd", "utility_tunnel"})


def judge_water(facts: RouteFacts) -> list[Finding]:
    """One advisory per crossing; without a water layer nothing can be said."""
    if facts.crossings is None:
        return [Finding(RULE, Severity.UNDETERMINED, "water_no_layer")]
    datasets = (facts.water_dataset,)
    if not facts.crossings:
        return [Finding(RULE, Severity.PASS, "water_none", datasets=datasets)]
    return [
        Finding(
            RULE,
            Severity.ADVISORY,
            "water_crossed_drilled" if crossing.method in UNDER_WATER else "water_crossed",
            {
                "name": crossing.name,
                "from_m": round(crossing.from_m),
                "to_m": round(crossing.to_m),
                "segment": crossing.segment,
            },
            measured=round(crossing.to_m - crossing.from_m, 2),
            unit="m",
            evidence=crossing.evidence,
            datasets=datasets,
        )
        for crossing in facts.crossings
    ]
