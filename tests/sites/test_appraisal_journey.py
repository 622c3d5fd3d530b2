"""A request from submission to the issued letter, through the one engine, as each role does it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from pypdf import PdfReader
from pytest_django import Settings

from infra.cases.documents.selectors import current_document
from infra.cases.workflow.engine import fire
from infra.files.services import attach
from infra.files.store import read_bytes
from infra.ground.choices import (
    DocumentState,
    DocumentType,
    DossierState,
    ProcedureKind,
    SignMode,
)
from infra.ground.errors import Conflict, Refused
from infra.models import Dossier, SigningAuthority, TransitionRecord, User
from sites.appraisal.documents import months_after
from sites.appraisal.services.outcomes import candidate_decide
from sites.choices import Outcome, RelocationReason
from tests.cast import Cast
from tests.files import papers
from tests.sites import appraisal_cast as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast, settings: Settings) -> Dossier:
    settings.OWN_DOCUMENT_NUMBERS = True
    rows.load_limits()
    rows.unit()
    SigningAuthority.objects.create(
        person=cast.leader,
        document_type=DocumentType.REPLY_LETTER,
        mode=SignMode.KT,
        signing_title="Phó Giám đốc",
        superior_title="Giám đốc",
        valid_from=date(2020, 1, 1),
        source="test",
    )
    draft = rows.dossier(cast.operator, letter_number="123/A", letter_date=date(2026, 11, 20))
    rows.candidate(draft, name="A-0001")
    rows.candidate(draft, name="A-0002", point=rows.away(700))
    upload = ContentFile(papers.plain(), name="cong-van.pdf")
    attach(draft, upload, cast.operator, "request-letter")
    return draft


def take(dossier: Dossier, transition: str, actor: User, reason: str = "") -> None:
    fire(
        workflow="dossier",
        target=dossier,
        transition=transition,
        actor=actor,
        version=dossier.version,
        reason=reason,
    )


def decide(dossier: Dossier, cast: Cast) -> None:
    first, second = dossier.candidates.order_by("order")
    candidate_decide(
        candidate=first, actor=cast.officer, version=first.version, outcome=Outcome.AGREED
    )
    candidate_decide(
        candidate=second,
        actor=cast.officer,
        version=second.version,
        outcome=Outcome.NOT_AGREED,
        reason="Nằm sát bờ sông sạt lở.",
    )


def to_leader(dossier: Dossier, cast: Cast) -> None:
    take(dossier, "submit", cast.operator)
    take(dossier, "receive", cast.officer)
    decide(dossier, cast)
    take(dossier, "propose", cast.officer)
    take(dossier, "submit_to_leader", cast.head)


def test_from_the_request_to_the_issued_letter(dossier: Dossier, cast: Cast) -> None:
    to_leader(dossier, cast)
    take(dossier, "sign", cast.leader)
    take(dossier, "issue", cast.clerk)
    assert dossier.state == DossierState.ISSUED
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter is not None
    assert letter.state == DocumentState.ISSUED
    assert letter.number
    agreed, refused = dossier.candidates.order_by("order")
    assert letter.issued_on is not None
    assert agreed.valid_until == months_after(letter.issued_on, 6) == letter.valid_until
    assert refused.valid_until is None


def test_the_letter_gives_each_position_its_result_and_is_no_permit(
    dossier: Dossier, cast: Cast
) -> None:
    to_leader(dossier, cast)
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter is not None
    assert letter.draft_file is not None
    pages = PdfReader(BytesIO(read_bytes(letter.draft_file.sha256))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in ("A-0001", "Thống nhất", "A-0002", "Không thống nhất", "sạt lở", "KTT 105°00′"):
        assert words in text
    assert "không phải là giấy phép xây dựng" in text
    assert "06 tháng" in text
    assert "Nơi nhận" in text
    assert "Phụ lục".upper() in text.upper()


def test_receiving_runs_the_rules_on_every_position(dossier: Dossier, cast: Cast) -> None:
    take(dossier, "submit", cast.operator)
    take(dossier, "receive", cast.officer)
    for candidate in dossier.candidates.all():
        assert [s.scope for s in candidate.screenings.all()] == ["all"]


def test_each_step_keeps_results_reasons_and_screenings_as_they_stood(
    dossier: Dossier, cast: Cast
) -> None:
    rows.blocked_by_a_line()
    take(dossier, "submit", cast.operator)
    take(dossier, "receive", cast.officer)
    first, second = dossier.candidates.order_by("order")
    candidate_decide(
        candidate=first,
        actor=cast.officer,
        version=first.version,
        outcome=Outcome.AGREED,
        override_reason="Đường dây di dời trong tháng 12.",
    )
    candidate_decide(
        candidate=second, actor=cast.officer, version=second.version, outcome=Outcome.AGREED
    )
    take(dossier, "propose", cast.officer)
    record = TransitionRecord.objects.get(transition="propose")
    kept = record.evidence["positions"][0]
    assert kept["outcome"] == Outcome.AGREED
    assert kept["override_reason"] == "Đường dây di dời trong tháng 12."
    assert kept["blocking"] == ["power_corridor"]
    assert len(kept["findings_sha256"]) == 64


def test_without_its_paper_or_positions_a_draft_stays_a_draft(cast: Cast) -> None:
    draft = rows.dossier(cast.operator)
    with pytest.raises(Refused) as refusal:
        take(draft, "submit", cast.operator)
    assert len(refusal.value.sentences) == 2
    assert draft.state == DossierState.DRAFT


def test_a_relocation_names_the_mast_that_moves_and_why(cast: Cast) -> None:
    draft = rows.dossier(cast.operator, kind=ProcedureKind.RELOCATION)
    attach(draft, ContentFile(papers.plain(), name="a.pdf"), cast.operator, "request-letter")
    site = rows.candidate(draft)
    with pytest.raises(Refused):
        take(draft, "submit", cast.operator)
    organisation = cast.operator.organisation
    assert organisation is not None
    site.old_mast = rows.mast("A-OLD", rows.away(212), organisation)
    site.relocation_reason = RelocationReason.LEASE_ENDED
    site.save()
    take(draft, "submit", cast.operator)
    assert draft.state == DossierState.SUBMITTED


def test_an_undecided_position_holds_the_dossier_back_by_name(dossier: Dossier, cast: Cast) -> None:
    take(dossier, "submit", cast.operator)
    take(dossier, "receive", cast.officer)
    with pytest.raises(Refused) as refusal:
        take(dossier, "propose", cast.officer)
    assert any("A-0002" in sentence for sentence in refusal.value.sentences)


def test_a_position_changed_after_the_rules_ran_holds_the_dossier_back(
    dossier: Dossier, cast: Cast
) -> None:
    take(dossier, "submit", cast.operator)
    take(dossier, "receive", cast.officer)
    decide(dossier, cast)
    dossier.candidates.filter(name="A-0001").update(height_m=38)
    with pytest.raises(Refused) as refusal:
        take(dossier, "propose", cast.officer)
    assert any("A-0001" in sentence for sentence in refusal.value.sentences)


def test_two_leaders_at_once_one_signs_the_other_reads_who_and_when(
    dossier: Dossier, cast: Cast
) -> None:
    to_leader(dossier, cast)
    seen = dossier.version
    take(dossier, "sign", cast.leader)
    with pytest.raises(Conflict) as conflict:
        fire(
            workflow="dossier",
            target=dossier,
            transition="send_back",
            actor=cast.second_leader,
            version=seen,
            reason="Cần xem lại",
        )
    assert cast.leader.full_name in conflict.value.sentences[0]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected
