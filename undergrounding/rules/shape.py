"""The drawing itself: slips of the hand, gaps, and lines that leave the province."""

from infra.ground.rules import Finding, Severity
from undergrounding.geometry import repeated_vertices, self_crossings
from undergrounding.rules.facts import RouteFacts

SLIP_M = 1.0  # nobody builds a shorter segment: a slip of the hand, not a legal limit


def judge_description(facts: RouteFacts) -> Finding:
    """Every metre belongs to a segment, and every segment says how and under what."""
    rule = "described"
    if not facts.is_covered:
        return Finding(rule, Severity.BLOCKING, "segments_missing")
    untold = [s.number for s in facts.segments if not (s.method and s.surface)]
    if untold:
        params = {"segments": ", ".join(str(number) for number in untold), "count": len(untold)}
        return Finding(rule, Severity.BLOCKING, "segments_untold", params)
    return Finding(rule, Severity.PASS, "segments_told", {"count": len(facts.segments)})


def judge_shape(facts: RouteFacts) -> list[Finding]:
    """A line that crosses itself blocks; repeated vertices and slips are advice; else one pass.

    A draft may cross itself while it is drawn. A submitted line may not: its length would count a
    place twice, and the database refuses it.
    """
    rule = "shape"
    found: list[Finding] = []
    places = self_crossings(facts.vertices)
    if places:
        evidence = {"type": "MultiPoint", "coordinates": [list(place) for place in places]}
        params = {"count": len(places)}
        found.append(Finding(rule, Severity.BLOCKING, "self_crossing", params, evidence=evidence))
    repeated = repeated_vertices(facts.vertices)
    if repeated:
        points = [list(facts.vertices[index]) for index in repeated]
        evidence = {"type": "MultiPoint", "coordinates": points}
        params = {"count": len(repeated)}
        found.append(Finding(rule, Severity.ADVISORY, "repeated", params, evidence=evidence))
    found += [
        Finding(
            rule,
            Severity.ADVISORY,
            "segment_short",
            {"segment": segment.number},
            measured=round(segment.length_m, 2),
            limit=SLIP_M,
            unit="m",
        )
        for segment in facts.segments
        if segment.length_m < SLIP_M
    ]
    return found or [Finding(rule, Severity.PASS, "shape_sound")]


def judge_territory(facts: RouteFacts) -> Finding:
    """Outside the province blocks; by an approximate border it only warns."""
    rule = "territory"
    territory = facts.territory
    if territory is None:
        return Finding(rule, Severity.UNDETERMINED, "border_unknown")
    if territory.outside_m < SLIP_M:
        return Finding(rule, Severity.PASS, "inside", datasets=(territory.source,))
    return Finding(
        rule,
        Severity.ADVISORY if territory.is_approximate else Severity.BLOCKING,
        "outside_approximate" if territory.is_approximate else "outside",
        {"metres": round(territory.outside_m)},
        measured=round(territory.outside_m, 2),
        unit="m",
        evidence=territory.evidence,
        datasets=(territory.source,),
    )
