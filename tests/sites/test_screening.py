"""A screening measures through PostGIS, judges by the dossier's date and keeps what it used."""

from datetime import UTC, date, datetime

import pytest

from infra.ground.choices import ConstraintKind, Publicity, Role
from infra.ground.rules import Finding, Severity
from infra.models import RegulationLimit
from sites.appraisal.sentences import sentence
from sites.appraisal.services.screening import run_screening
from sites.choices import Footing, OperatingStatus
from sites.models import CandidateLocation, Screening
from tests.sites import appraisal_cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> CandidateLocation:
    cast.load_limits()
    cast.unit()
    operator = cast.person(Role.OPERATOR, cast.organisation("viettel"))
    return cast.candidate(cast.dossier(operator))


def findings(screening: Screening) -> dict[str, Finding]:
    return {row["rule"]: Finding.from_json(row) for row in screening.findings}


def screened(site: CandidateLocation, role: Role = Role.OFFICER) -> dict[str, Finding]:
    return findings(run_screening(candidate=site, actor=cast.person(role)))


def test_without_layers_nothing_that_needs_them_passes(site: CandidateLocation) -> None:
    verdicts = {rule: finding.severity for rule, finding in screened(site).items()}
    passed = {rule for rule, severity in verdicts.items() if severity == Severity.PASS}
    assert passed == {"height", "height_approval", "place"}


def test_with_empty_layers_an_open_field_passes(site: CandidateLocation) -> None:
    cast.all_layers_empty()
    verdicts = {rule: finding.severity for rule, finding in screened(site).items()}
    assert {rule for rule, severity in verdicts.items() if severity != Severity.PASS} == {
        "emf",
        "planning",
    }


def test_a_power_line_in_the_fall_circle_is_advised_with_distance_source_and_evidence(
    site: CandidateLocation,
) -> None:
    cast.layer(ConstraintKind.POWER_LINE, cast.line_past(25), name="Tuyến 22 kV")
    finding = screened(site)["power_line"]
    assert finding.severity == Severity.ADVISORY
    assert "ý kiến đơn vị điện lực" in sentence(finding)
    assert finding.measured == pytest.approx(25, abs=0.1)
    assert finding.citation is not None
    assert finding.citation.instrument == "NĐ 62/2025/NĐ-CP"
    assert finding.citation.confidence == "verified"
    assert finding.evidence is not None
    kinds = {part["geometry"]["type"] for part in finding.evidence["features"]}
    assert kinds == {"Polygon", "LineString"}


def test_inside_a_line_s_corridor_an_adopted_width_blocks_and_a_missing_one_is_named(
    site: CandidateLocation,
) -> None:
    cast.layer(ConstraintKind.POWER_LINE, cast.line_past(2), name="Tuyến 22 kV", voltage_kv=22)
    missing = screened(site)["power_corridor"]
    assert missing.severity == Severity.UNDETERMINED
    assert "22 kV" in sentence(missing)
    RegulationLimit.objects.create(
        code="power-corridor-22kv",
        value=3,
        unit="m",
        label="Hành lang đường dây 22 kV, mỗi bên",
        instrument="Bảng thử",
        confidence="unverified",
        adopted_by="7/QĐ-SKHCN",
        valid_from=date(2025, 1, 1),
    )
    assert screened(site)["power_corridor"].severity == Severity.BLOCKING


def test_a_power_line_just_outside_the_fall_circle_passes(site: CandidateLocation) -> None:
    cast.layer(ConstraintKind.POWER_LINE, cast.line_past(42.5))
    assert screened(site)["power_line"].severity == Severity.PASS


def test_a_roof_mast_falls_as_far_as_mast_and_house_together(site: CandidateLocation) -> None:
    cast.layer(ConstraintKind.SCHOOL, cast.away(50), name="TH Mỹ Hiệp")
    assert screened(site)["fall_zone.school"].severity == Severity.PASS
    site.footing, site.building_height_m = Footing.ROOF, 12
    finding = screened(site)["fall_zone.school"]
    assert finding.severity == Severity.ADVISORY
    assert finding.limit == 54


def test_the_nearest_mast_is_named_with_its_metres(site: CandidateLocation) -> None:
    cast.all_layers_empty()
    owner = cast.organisation("vnpt")
    cast.mast("VNPT-1", cast.away(120), owner)
    cast.mast("VNPT-2", cast.away(300, 10), owner)
    cast.mast("VNPT-X", cast.away(30), owner, operating_status=OperatingStatus.DISMANTLED)
    finding = screened(site)["spacing"]
    assert finding.severity == Severity.ADVISORY
    assert finding.code == "spacing.too_near_reference"
    assert finding.params["mast"] == "VNPT-1"
    assert finding.params["count"] == 2
    assert finding.measured == pytest.approx(120, abs=0.1)


def test_a_mast_that_moves_away_is_no_neighbour(site: CandidateLocation) -> None:
    cast.all_layers_empty()
    site.old_mast = cast.mast("VTL-OLD", cast.away(200), cast.organisation("viettel"))
    site.save()
    assert screened(site)["spacing"].severity == Severity.PASS


def test_an_applicant_is_never_told_of_an_unpublished_mast_of_another(
    site: CandidateLocation,
) -> None:
    cast.all_layers_empty()
    cast.mast("VNPT-SECRET", cast.away(50), cast.organisation("vnpt"))
    own = run_screening(candidate=site, actor=site.dossier.created_by)
    assert "VNPT-SECRET" not in str(own.findings)
    assert findings(own)["spacing"].code == "spacing.none_near"
    assert findings(own)["spacing"].params["all_masts"] is False
    officers = run_screening(candidate=site, actor=cast.person(Role.OFFICER))
    assert "VNPT-SECRET" in str(officers.findings)
    assert (own.scope, officers.scope) == (f"org:{site.dossier.applicant_id}", "all")


def test_an_applicant_is_told_of_a_published_mast(site: CandidateLocation) -> None:
    cast.all_layers_empty()
    cast.mast("VNPT-1", cast.away(50), cast.organisation("vnpt"), publicity=Publicity.PUBLIC)
    own = run_screening(candidate=site, actor=site.dossier.created_by)
    assert findings(own)["spacing"].params["mast"] == "VNPT-1"


def test_a_dossier_of_2024_is_judged_by_the_rows_of_2024(site: CandidateLocation) -> None:
    cast.layer(ConstraintKind.POWER_LINE, cast.line_past(25))
    site.dossier.submitted_at = datetime(2024, 6, 3, 3, tzinfo=UTC)
    screening = run_screening(candidate=site, actor=cast.person(Role.OFFICER))
    assert screening.as_of == date(2024, 6, 3)
    assert findings(screening)["power_line"].code == "power_line.no_limit"
    assert findings(screening)["planning"].severity == Severity.UNDETERMINED


def test_a_screening_keeps_what_it_judged_and_which_data_it_used(site: CandidateLocation) -> None:
    cast.layer(ConstraintKind.SCHOOL)
    screening = run_screening(candidate=site, actor=cast.person(Role.OFFICER))
    screening.refresh_from_db()
    assert screening.datasets["school"]["version"] == 1
    assert screening.subject["height_m"] == 42
    assert screening.subject["point"] == [105.6321, 10.4602]
