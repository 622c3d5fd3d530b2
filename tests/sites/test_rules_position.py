"""Truth tables of the rules that judge a proposed position."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.ground.rules import Severity
from sites.appraisal.rules import (
    constraints,
    emf,
    fall_zone,
    height,
    permit,
    place,
    planning,
    power_line,
    screening,
    spacing,
)
from sites.appraisal.rules.measured import Measures
from tests.sites.rule_samples import LIMITS, PLAIN, TODAY, hit, layer, limit, measured, structure

PASS, ADVISORY, BLOCKING, UNDETERMINED = (
    Severity.PASS,
    Severity.ADVISORY,
    Severity.BLOCKING,
    Severity.UNDETERMINED,
)


def with_inside(kind: str, *names: str) -> Measures:
    hits = [hit(0, name) for name in names]
    return measured(inside={**PLAIN.inside, kind: layer(kind, *hits)})


def without_inside(kind: str) -> Measures:
    return measured(inside={key: value for key, value in PLAIN.inside.items() if key != kind})


def with_fall(kind: str, *distances: float) -> Measures:
    return measured(fall={**PLAIN.fall, kind: layer(kind, *(hit(m) for m in distances))})


def without_fall(kind: str) -> Measures:
    return measured(fall={key: value for key, value in PLAIN.fall.items() if key != kind})


URBAN = with_inside("urban_area", "Cao Lãnh")
ADOPTED = {**LIMITS, "spacing-rural": limit("spacing-rural", 400, adopted_by="QĐ 9/QĐ-SKHCN")}


@pytest.mark.parametrize(
    ("measures", "limits", "severity", "code"),
    [
        (PLAIN, LIMITS, PASS, "spacing.far_enough"),
        (measured(neighbours=()), LIMITS, PASS, "spacing.none_near"),
        (measured(neighbours=(hit(400.0),)), LIMITS, PASS, "spacing.far_enough"),
        (measured(neighbours=(hit(399.9),)), LIMITS, ADVISORY, "spacing.too_near_reference"),
        (measured(neighbours=(hit(399.9),)), ADOPTED, BLOCKING, "spacing.too_near"),
        (replace(URBAN, neighbours=(hit(150.0),)), LIMITS, PASS, "spacing.far_enough"),
        (replace(URBAN, neighbours=(hit(99.0),)), LIMITS, ADVISORY, "spacing.too_near_reference"),
        (without_inside("urban_area"), LIMITS, UNDETERMINED, "spacing.area_unknown"),
        (PLAIN, {}, UNDETERMINED, "spacing.no_limit"),
        (measured(neighbour_reach_m=300.0), LIMITS, UNDETERMINED, "spacing.not_measured"),
    ],
)
def test_spacing(measures: Measures, limits: Any, severity: Severity, code: str) -> None:
    finding = spacing.judge(measures, limits)
    assert (finding.severity, finding.code) == (severity, code)


def test_spacing_names_the_nearest_mast_and_counts_all_that_are_too_near() -> None:
    finding = spacing.judge(
        measured(neighbours=(hit(120.0, "VNPT-7"), hit(380.0, "VTL-9"), hit(700.0, "MBF-1"))),
        LIMITS,
    )
    assert finding.params["mast"] == "VNPT-7"
    assert finding.params["count"] == 2
    assert finding.measured == 120.0
    assert finding.citation is not None
    assert finding.citation.province == "Hải Dương"


def test_the_row_of_the_class_goes_before_the_general_one() -> None:
    limits = {
        **LIMITS,
        "spacing-a2a-split": limit("spacing-a2a-split", 15),
        "spacing-rural-a2a-low": limit("spacing-rural-a2a-low", 200),
        "spacing-rural-a2a-high": limit("spacing-rural-a2a-high", 350),
    }
    low = measured(structure=structure(mast_class="A2a", height_m=15.0))
    high = measured(structure=structure(mast_class="A2a", height_m=15.1))
    ground = measured(structure=structure(mast_class="A2b"))
    assert [spacing.judge(m, limits).limit for m in (low, high, ground)] == [200, 350, 400]


@pytest.mark.parametrize("kind", fall_zone.KINDS)
def test_fall_zone_is_advisory_at_worst_and_never_passes_without_its_layer(kind: str) -> None:
    by_rule = {
        f.rule: f.severity
        for m in (with_fall(kind, 8.0, 20.0),)
        for f in fall_zone.judge(m, LIMITS)
    }
    assert by_rule.pop(f"fall_zone.{kind}") == ADVISORY
    assert set(by_rule.values()) == {PASS}
    absent = {f.rule: f for f in fall_zone.judge(without_fall(kind), LIMITS)}
    assert absent[f"fall_zone.{kind}"].severity == UNDETERMINED
    assert absent[f"fall_zone.{kind}"].code == "layer.absent"


def test_fall_zone_names_its_model_radius_and_the_parts_of_the_height() -> None:
    roof = structure(on_roof=True, height_m=30.0, building_height_m=15.0)
    assert fall_zone.fall_radius_m(roof, LIMITS["fall-radius-multiplier"]) == 45.0
    measures = replace(with_fall("school", 31.0), structure=roof, fall_radius_m=45.0)
    finding = next(f for f in fall_zone.judge(measures, LIMITS) if f.rule == "fall_zone.school")
    assert (finding.measured, finding.limit) == (31.0, 45.0)
    assert finding.params["model"] == "in-house"
    assert finding.params["model_version"] == "v1"
    assert finding.params["building_height_m"] == 15.0
    assert finding.evidence is not None


@pytest.mark.parametrize(
    ("radius", "limits", "code"),
    [(None, LIMITS, "fall_zone.height_missing"), (30.0, {}, "fall_zone.no_limit")],
)
def test_fall_zone_without_a_radius_is_undetermined(
    radius: float | None, limits: Any, code: str
) -> None:
    findings = fall_zone.judge(measured(fall_radius_m=radius), limits)
    assert [(f.severity, f.code) for f in findings] == [(UNDETERMINED, code)]


def test_a_roof_mast_without_the_height_of_its_building_has_no_total_height() -> None:
    assert structure(on_roof=True, building_height_m=None).total_height_m is None
    assert structure(on_roof=False, building_height_m=9.0).total_height_m == 30.0


@given(
    height_m=st.floats(1, 120),
    building_m=st.floats(0, 80),
    multiplier=st.floats(0.5, 2),
    on_roof=st.booleans(),
)
def test_the_fall_radius_never_shrinks_when_the_mast_grows(
    height_m: float, building_m: float, multiplier: float, on_roof: bool
) -> None:
    row = limit("fall-radius-multiplier", multiplier)
    low = structure(on_roof=on_roof, height_m=height_m, building_height_m=building_m)
    high = replace(low, height_m=height_m + 1)
    low_m, high_m = (fall_zone.fall_radius_m(one, row) for one in (low, high))
    assert low_m is not None
    assert high_m is not None
    assert low_m < high_m


@pytest.mark.parametrize(
    ("measures", "limits", "severity", "code"),
    [
        (PLAIN, LIMITS, PASS, "power_line.clear"),
        (with_fall("power_line", 12.0), LIMITS, ADVISORY, "power_line.inside"),
        (
            with_fall("power_line", 12.0),
            {**LIMITS, "power-line-beyond-fall": limit("power-line-beyond-fall", 0)},
            ADVISORY,
            "power_line.inside",
        ),
        (without_fall("power_line"), LIMITS, UNDETERMINED, "layer.absent"),
        (measured(fall_radius_m=None), LIMITS, UNDETERMINED, "fall_zone.height_missing"),
        (PLAIN, {}, UNDETERMINED, "power_line.no_limit"),
    ],
)
def test_power_line(measures: Measures, limits: Any, severity: Severity, code: str) -> None:
    finding = power_line.judge(measures, limits)
    assert (finding.severity, finding.code) == (severity, code)


WIDTH = "power-corridor-22kv"
ADOPTED_WIDTH = {**LIMITS, WIDTH: limit(WIDTH, 3, adopted_by="7/QĐ-SKHCN")}


@pytest.mark.parametrize(
    ("line", "limits", "severity", "code"),
    [
        (layer("power_line"), LIMITS, PASS, "power_corridor.none_near"),
        (None, LIMITS, UNDETERMINED, "layer.absent"),
        (
            layer("power_line", hit(2.0, voltage_kv=22)),
            LIMITS,
            UNDETERMINED,
            "power_corridor.no_width",
        ),
        (layer("power_line", hit(2.0)), ADOPTED_WIDTH, UNDETERMINED, "power_corridor.no_voltage"),
        (
            layer("power_line", hit(2.0, voltage_kv=22)),
            ADOPTED_WIDTH,
            BLOCKING,
            "power_corridor.inside",
        ),
        (
            layer("power_line", hit(2.0, voltage_kv=22)),
            {**LIMITS, WIDTH: limit(WIDTH, 3)},
            ADVISORY,
            "power_corridor.inside",
        ),
        (
            layer("power_line", hit(3.0, voltage_kv=22)),
            ADOPTED_WIDTH,
            PASS,
            "power_corridor.outside",
        ),
        (
            layer("power_line", hit(1.0), hit(2.0, voltage_kv=22)),
            ADOPTED_WIDTH,
            BLOCKING,
            "power_corridor.inside",
        ),
        (
            layer("power_line", hit(3.0, voltage_kv=22), hit(40.0, voltage_kv=110)),
            ADOPTED_WIDTH,
            UNDETERMINED,
            "power_corridor.no_width",
        ),
    ],
)
def test_a_power_line_blocks_only_inside_its_own_adopted_corridor(
    line: Any, limits: Any, severity: Severity, code: str
) -> None:
    finding = power_line.judge_corridor(measured(lines=line), limits)
    assert (finding.severity, finding.code) == (severity, code)


@pytest.mark.parametrize(("voltage", "code"), [(22.0, "22kv"), (110.0, "110kv"), (0.4, "0-4kv")])
def test_a_corridor_row_is_named_by_its_voltage(voltage: float, code: str) -> None:
    assert power_line.corridor_code(voltage) == f"power-corridor-{code}"


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({"height_m": 44.9}, PASS),
        ({"height_m": 45.0}, ADVISORY),
        ({"height_m": 30.0, "on_roof": True, "building_height_m": 15.0}, ADVISORY),
        ({"height_m": 30.0, "on_roof": True, "building_height_m": 14.9}, PASS),
        ({"height_m": None}, UNDETERMINED),
        ({"height_m": 30.0, "on_roof": True, "building_height_m": None}, UNDETERMINED),
    ],
)
def test_height_counts_from_the_ground(changes: dict[str, Any], severity: Severity) -> None:
    findings = height.judge(measured(structure=structure(**changes)), LIMITS)
    assert [finding.severity for finding in findings] == [severity, severity]
    assert [finding.rule for finding in findings] == ["height", "height_approval"]


def test_height_without_a_row_is_undetermined() -> None:
    assert {finding.severity for finding in height.judge(PLAIN, {})} == {UNDETERMINED}


@pytest.mark.parametrize("kind", constraints.KINDS)
def test_areas(kind: str) -> None:
    def verdict(measures: Measures) -> Severity:
        return {f.rule: f.severity for f in constraints.judge(measures, LIMITS)}[kind]

    assert verdict(PLAIN) == PASS
    assert verdict(with_inside(kind, "Gò Tháp")) == ADVISORY
    assert verdict(without_inside(kind)) == UNDETERMINED


@pytest.mark.parametrize(
    ("mast_class", "code", "row"),
    [
        ("A1a", "urban_area.permit_exempt", "permit-exempt-a1"),
        ("A1b", "urban_area.permit_exempt", "permit-exempt-a1"),
        ("A2a", "urban_area.permit_needed", "permit-urban"),
        ("A2b", "urban_area.permit_needed", "permit-urban"),
        ("A2c", "urban_area.permit_needed", "permit-urban"),
        ("", "urban_area.class_missing", "permit-urban"),
    ],
)
def test_a_permit_in_town_is_asked_of_the_classes_that_need_it(
    mast_class: str, code: str, row: str
) -> None:
    found = permit.judge(replace(URBAN, structure=structure(mast_class=mast_class)), LIMITS)
    needed = LIMITS[row]
    assert needed is not None
    assert (found.severity, found.code, found.citation) == (ADVISORY, code, needed.citation)


def test_without_the_row_of_the_exemption_nobody_is_exempt() -> None:
    limits = {**LIMITS, "permit-exempt-a1": None}
    found = permit.judge(replace(URBAN, structure=structure(mast_class="A1a")), limits)
    assert found.code == "urban_area.permit_needed"


def test_outside_towns_and_without_their_layer() -> None:
    assert permit.judge(PLAIN, LIMITS).severity == PASS
    assert permit.judge(without_inside("urban_area"), LIMITS).severity == UNDETERMINED


def test_airport() -> None:
    inside = height.judge_airport(with_inside("airport", "Cần Thơ"), LIMITS)
    assert height.judge_airport(PLAIN, LIMITS).severity == PASS
    assert (inside.severity, inside.citation is not None) == (ADVISORY, True)
    assert height.judge_airport(without_inside("airport"), LIMITS).severity == UNDETERMINED


@pytest.mark.parametrize(
    ("eirp_w", "expected"),
    [(2249.0, 9.5), (26802.0, 32.7)],
)
def test_exposure_distance_is_the_far_field_formula(eirp_w: float, expected: float) -> None:
    row = LIMITS["emf-power-density"]
    assert row is not None
    assert emf.exposure_distance_m(eirp_w, row) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("changes", "severity", "code"),
    [
        ({}, PASS, "emf.far"),
        ({"public": layer("house", hit(9.0))}, ADVISORY, "emf.near"),
        ({"public": layer("house", hit(9.6))}, PASS, "emf.far"),
        ({"structure": structure(eirp_w=None)}, UNDETERMINED, "emf.no_data"),
        ({"public": None}, UNDETERMINED, "emf.no_layer"),
    ],
)
def test_emf(changes: dict[str, Any], severity: Severity, code: str) -> None:
    finding = emf.judge(measured(**changes), LIMITS)
    assert (finding.severity, finding.code) == (severity, code)


@pytest.mark.parametrize(
    ("limits", "severity", "code"),
    [
        ({"planning-paused": limit("planning-paused", 1)}, ADVISORY, "planning.paused"),
        (
            {"planning-paused": limit("planning-paused", 1, review_on=date(2025, 7, 1))},
            ADVISORY,
            "planning.paused_unreviewed",
        ),
        (
            {"planning-paused": limit("planning-paused", 1, review_on=date(2026, 11, 25))},
            ADVISORY,
            "planning.paused",
        ),
        (
            {
                "planning-paused": limit("planning-paused", 1),
                "planning-in-force": limit("planning-in-force", 1),
            },
            UNDETERMINED,
            "planning.compare_by_hand",
        ),
        ({}, UNDETERMINED, "planning.unknown"),
    ],
)
def test_planning_never_passes_by_itself(limits: Any, severity: Severity, code: str) -> None:
    finding = planning.judge(limits, TODAY)
    assert (finding.severity, finding.code) == (severity, code)


@pytest.mark.parametrize(
    ("changes", "severity", "code"),
    [
        ({}, PASS, "place.in_unit"),
        ({"declared": "xã MỸ HIỆP"}, PASS, "place.in_unit"),
        ({"declared": "Mỹ Hiệp"}, PASS, "place.in_unit"),
        ({"declared": "Xã Mỹ Thọ"}, ADVISORY, "place.other_unit"),
        ({"unit": None}, BLOCKING, "place.outside_province"),
        ({"unit": None, "boundary_is_approximate": True}, ADVISORY, "place.outside_province"),
        ({"boundaries_loaded": False, "unit": None}, UNDETERMINED, "place.no_boundaries"),
    ],
)
def test_place(changes: dict[str, Any], severity: Severity, code: str) -> None:
    finding = place.judge(measured(place=replace(PLAIN.place, **changes)))
    assert (finding.severity, finding.code) == (severity, code)


def test_with_nothing_loaded_nothing_passes() -> None:
    bare = Measures(
        structure=structure(height_m=None, eirp_w=None),
        place=replace(PLAIN.place, unit=None, boundaries_loaded=False),
    )
    findings = screening.judge(bare, {}, TODAY)
    assert {finding.severity for finding in findings} == {UNDETERMINED}
    assert len({finding.rule for finding in findings}) == len(findings)


def test_the_gravest_finding_comes_first() -> None:
    near = layer("power_line", hit(2.0, voltage_kv=22))
    measures = measured(lines=near, structure=structure(height_m=45.0))
    findings = screening.judge(measures, ADOPTED_WIDTH, TODAY)
    assert findings[0].rule == "power_corridor"
    assert screening.worst(findings) == BLOCKING
    assert screening.worst([]) == UNDETERMINED
