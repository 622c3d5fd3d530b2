"""Every code a rule can give has a sentence, and numbers are written the Vietnamese way."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import sites.appraisal.rules
from sites.appraisal.rules import fall_zone, spacing
from sites.appraisal.rules.screening import judge
from sites.appraisal.sentences import SENTENCES, kind_label, rule_title, sentence
from tests.sites.rule_samples import LIMITS, PLAIN, TODAY, hit, layer, measured, structure


def test_every_code_in_the_rules_has_a_sentence() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(sites.appraisal.rules.__path__[0]).glob("*.py")
    )
    prefixes = {code.split(".")[0] for code in SENTENCES}
    named = {
        code
        for code in re.findall(r'"([a-z_]+\.[a-z_]+)"', sources)
        if code.split(".")[0] in prefixes
    }
    assert len(named) > 30
    assert named <= set(SENTENCES)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_of_a_plain_place_reads_as_a_sentence(language: str) -> None:
    with translation.override(language):
        for finding in judge(PLAIN, LIMITS, TODAY):
            text = sentence(finding)
            assert text.endswith(".")
            assert "%" not in text
            assert rule_title(finding.rule) != finding.rule


def test_the_fall_zone_speaks_as_the_officers_do() -> None:
    measures = measured(
        structure=structure(on_roof=True, height_m=30.0, building_height_m=15.0),
        fall_radius_m=45.0,
        fall={**PLAIN.fall, "school": layer("school", hit(31.0, "TH Lê Quý Đôn"))},
    )
    finding = next(f for f in fall_zone.judge(measures, LIMITS) if f.rule == "fall_zone.school")
    with translation.override("vi"):
        assert sentence(finding) == (
            f"Cột cách {kind_label('school')} (TH Lê Quý Đôn) 31 m, nằm trong bán kính đổ 45 m "
            "(cột 30 m + nhà 15 m; cách tính nội bộ v1, chưa có quy định quốc gia; tất cả 1): "
            "cần thẩm tra kết cấu."
        )


def test_a_distance_is_written_with_a_decimal_comma() -> None:
    finding = spacing.judge(measured(neighbours=(hit(36.44, "VNPT-7"),)), LIMITS)
    with translation.override("vi"):
        assert "36,4 m" in sentence(finding)
