"""Findings on a route: cited, never a pass for what nobody measured."""

from dataclasses import replace

import pytest

from infra.ground.rules import Citation, Limit, Severity
from undergrounding.rules import RouteFacts, SegmentFact, Territory, WaterCrossing, judge
from undergrounding.rules.depth import judge_depth

LINE = ((105.6321, 10.4602), (105.6421, 10.4602))
TCVN = Citation("TCVN 8700:2011", "Mục 4.1.2", "verified")
LIMITS = {
    "cover-depth-pavement": Limit("cover-depth-pavement", 500, "mm", TCVN),
    "cover-depth-road": Limit("cover-depth-road", 700, "mm", TCVN),
}
SEGMENT = SegmentFact(1, "open_trench_road", "road", 1094.8, 0.7, LINE)
FACTS = RouteFacts(
    vertices=LINE,
    length_m=1094.8,
    segments=(SEGMENT,),
    is_covered=True,
    crossings=(),
    water_dataset="water v1",
    territory=Territory(0.0, is_approximate=False, source="Trial"),
)


def _severities(facts: RouteFacts) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in judge(facts, LIMITS)}


def test_a_sound_route_passes_every_rule() -> None:
    assert set(_severities(FACTS).values()) == {Severity.PASS}


def test_ducts_exactly_at_the_limit_are_deep_enough() -> None:
    finding = judge_depth(SEGMENT, LIMITS)
    assert finding
    assert (finding.code, finding.measured, finding.limit) == ("depth_enough", 700, 700)


def test_too_shallow_only_warns_by_a_standard_the_department_has_not_adopted() -> None:
    finding = judge_depth(replace(SEGMENT, cover_depth_m=0.69), LIMITS)
    assert finding
    assert finding.severity is Severity.ADVISORY
    assert finding.citation == TCVN
    assert finding.evidence


def test_too_shallow_blocks_by_an_adopted_limit() -> None:
    adopted = replace(TCVN, adopted_by="QĐ 12/2026")
    limits = {"cover-depth-road": replace(LIMITS["cover-depth-road"], citation=adopted)}
    finding = judge_depth(replace(SEGMENT, cover_depth_m=0.5), limits)
    assert finding
    assert finding.severity is Severity.BLOCKING


def test_pavement_and_road_have_their_own_limits() -> None:
    pavement = replace(SEGMENT, surface="pavement", cover_depth_m=0.5)
    finding = judge_depth(pavement, LIMITS)
    assert finding
    assert (finding.severity, finding.limit) == (Severity.PASS, 500)


def test_no_depth_no_surface_or_no_limit_is_undetermined() -> None:
    for changes, code in (
        ({"cover_depth_m": None}, "depth_missing"),
        ({"surface": ""}, "depth_no_surface"),
        ({"surface": "soil"}, "depth_no_limit"),
    ):
        finding = judge_depth(replace(SEGMENT, **changes), LIMITS)
        assert finding
        assert (finding.severity, finding.code) == (Severity.UNDETERMINED, code)


def test_tidying_the_aerial_cable_asks_for_no_depth() -> None:
    assert judge_depth(replace(SEGMENT, method="tidy", cover_depth_m=None), LIMITS) is None


def test_a_segment_that_nobody_described_blocks() -> None:
    untold = replace(FACTS, segments=(replace(SEGMENT, method=""),))
    assert _severities(untold)["segments_untold"] is Severity.BLOCKING
    gap = replace(FACTS, is_covered=False)
    assert _severities(gap)["segments_missing"] is Severity.BLOCKING


def test_water_is_advice_and_never_a_pass_without_a_layer() -> None:
    crossing = WaterCrossing("Sông Tiền", 100.2, 220.9, 1, "hdd", {"type": "LineString"})
    crossed = replace(FACTS, crossings=(crossing,))
    assert _severities(crossed)["water_crossed_drilled"] is Severity.ADVISORY
    dug = replace(FACTS, crossings=(replace(crossing, method="open_trench_road"),))
    assert _severities(dug)["water_crossed"] is Severity.ADVISORY
    assert _severities(replace(FACTS, crossings=None))["water_no_layer"] is Severity.UNDETERMINED


def test_outside_the_province_blocks_unless_the_border_is_approximate() -> None:
    outside = Territory(350.0, is_approximate=False, source="Trial")
    assert _severities(replace(FACTS, territory=outside))["outside"] is Severity.BLOCKING
    roughly = replace(outside, is_approximate=True)
    found = _severities(replace(FACTS, territory=roughly))
    assert found["outside_approximate"] is Severity.ADVISORY
    assert _severities(replace(FACTS, territory=None))["border_unknown"] is Severity.UNDETERMINED


@pytest.mark.parametrize(
    "vertices",
    [
        ((105.0, 10.0), (105.2, 10.2), (105.2, 10.0), (105.0, 10.2)),
        ((105.0, 10.0), (105.2, 10.0), (105.0, 10.0)),
        ((105.0, 10.0), (105.2, 10.0), (105.1, 10.0)),
    ],
    ids=["an eight", "there and back", "half way back"],
)
def test_a_line_that_meets_itself_is_not_submitted(
    vertices: tuple[tuple[float, float], ...],
) -> None:
    assert _severities(replace(FACTS, vertices=vertices))["self_crossing"] is Severity.BLOCKING


def test_slips_of_the_hand_are_advice() -> None:
    short = replace(FACTS, segments=(replace(SEGMENT, length_m=0.4),))
    assert _severities(short)["segment_short"] is Severity.ADVISORY
