"""What the rows of law say of themselves: how sure, until when, whom to ask, what is printed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from infra.cases.dossiers.slips import draft_receipt
from infra.ground.choices import Role
from infra.ground.rules import Citation, Finding, Severity
from infra.models import Procedure, RegulationLimit, User
from infra.places.territory.selectors import limits_on
from sites.appraisal import reference
from sites.appraisal.findings import finding_rows
from sites.register import reference as reference_mast_limits
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text
from tests.sites import appraisal_cast as rows_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def rows() -> None:
    reference.load(lambda _text: None)
    reference_mast_limits.load_mast_limits(lambda _text: None)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(code: str, finding: str = "height.below") -> str:
    limit = limits_on(code, TODAY)
    assert limit is not None
    (row,) = finding_rows(
        [
            Finding(
                "height",
                Severity.ADVISORY,
                finding,
                {"total_m": 1, "limit_m": 2},
                citation=limit.citation,
            )
        ]
    )
    return row.confidence


def test_no_row_is_adopted_without_a_decision_of_the_department() -> None:
    assert not RegulationLimit.objects.exclude(adopted_by="").exists()


@pytest.mark.parametrize("words", ["Áp dụng trực tiếp toàn quốc", "NĐ 62/2025/NĐ-CP", "có"])
def test_an_adoption_names_a_decision_in_the_form_and_in_the_database(words: str) -> None:
    row = RegulationLimit.objects.get(code="emf-power-density")
    row.adopted_by = words
    with pytest.raises(ValidationError, match="12/QĐ-SKHCN"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.adopted_by = "12/QĐ-SKHCN ngày 05/01/2026"
    row.full_clean()
    row.save()
    limit = limits_on("emf-power-density", TODAY)
    assert limit is not None
    assert limit.is_binding


def test_the_mast_classes_are_marked_as_from_a_text_whose_base_ended() -> None:
    words = shown("mast.a1a.height_m")
    assert "chưa kiểm chứng" in words
    assert "căn cứ hết hiệu lực 24/12/2024 (suy luận)" in words
    before = limits_on("mast.a1a.height_m", date(2024, 12, 1))
    assert before is not None
    assert before.citation.base_ended_on is None


def test_the_mast_s_page_says_what_its_class_stands_on(cast: Cast) -> None:
    page = page_text(client_of(cast.officer).get(f"/cot/{make_mast().uuid}/"))
    assert "TTLT 15/2016/TTLT-BXD-BTTTT: chưa kiểm chứng, căn cứ hết hiệu lực 24/12/2024" in page


def test_the_administrator_s_list_marks_what_is_to_be_reviewed(cast: Cast) -> None:
    page = page_text(client_of(cast.administrator).get("/quan-tri/infra/regulationlimit/"))
    assert "01/07/2025: cần rà lại" in page
    assert "Cục Viễn thông" in page


def test_what_is_to_be_reviewed_waits_for_the_administrator_and_for_nobody_else(
    cast: Cast,
) -> None:
    behind = reverse("work_list", args=["limit-reviews"])
    administrator = client_of(cast.administrator)
    assert behind in administrator.get("/").text
    page = page_text(administrator.get(behind))
    assert "Tạm dừng lập quy hoạch" in page
    assert "Rà lại hàng này" in page
    officer = client_of(cast.officer)
    assert behind not in officer.get("/").text
    assert "Rà lại hàng này" not in page_text(officer.get(behind))


def test_a_row_whose_base_ended_never_blocks() -> None:
    RegulationLimit.objects.filter(code="mast.a1a.height_m").update(adopted_by="3/QĐ-SKHCN")
    before = limits_on("mast.a1a.height_m", date(2024, 12, 1))
    after = limits_on("mast.a1a.height_m", TODAY)
    assert before is not None
    assert after is not None
    assert (before.is_binding, after.is_binding) == (True, False)


def test_a_pause_that_had_an_end_is_to_be_reviewed_and_says_whom_to_ask() -> None:
    words = shown("planning-paused")
    assert "cần rà lại: hỏi Cục Viễn thông" in words


def test_the_unread_part_of_the_height_decree_is_not_called_verified() -> None:
    assert shown("height-marking").startswith("đã kiểm chứng")
    assert shown("height-approval").startswith("chưa kiểm chứng")


@pytest.mark.parametrize("code", ["heritage.inside", "erosion.inside"])
def test_a_duty_without_a_source_says_so(code: str) -> None:
    rule = code.split(".", maxsplit=1)[0]
    (row,) = finding_rows([Finding(rule, Severity.ADVISORY, code, {"kind": rule, "name": "X"})])
    assert row.source == "chưa có căn cứ"


def test_the_border_s_duty_names_its_acts_as_unread() -> None:
    limit = limits_on("duty-border-zone", TODAY)
    assert limit is not None
    assert limit.citation.instrument == "NĐ 34/2014/NĐ-CP và NĐ 299/2025/NĐ-CP"
    assert limit.citation.confidence == "unverified"


def test_what_a_citation_says_survives_a_frozen_screening() -> None:
    citation = Citation(
        "TTLT 15/2016",
        review_on=TODAY,
        ask="Sở Xây dựng",
        base_ended_on=date(2024, 12, 24),
        base_end_inferred=True,
    )
    assert Citation.from_json(citation.to_json()) == citation
    assert Citation.from_json({"instrument": "QĐ 1"}) == Citation("QĐ 1")


def test_a_receipt_prints_the_chosen_basis_and_never_the_note() -> None:
    procedure = Procedure.objects.get(code="new-position")
    operator = rows_of.person(Role.OPERATOR, rows_of.organisation("viettel"))
    dossier = rows_of.dossier(operator, procedure=procedure)
    officer = rows_of.person(Role.OFFICER)
    assert "minh họa" in procedure.legal_basis
    context: dict[str, Any] = draft_receipt(dossier, officer).context
    assert context["legal_basis"] == ""
    procedure.printed_basis = "Điều 5 Quyết định số 9/2026/QĐ-UBND"
    procedure.save()
    dossier.refresh_from_db()
    context = draft_receipt(dossier, officer).context
    assert context["legal_basis"] == "Điều 5 Quyết định số 9/2026/QĐ-UBND"
