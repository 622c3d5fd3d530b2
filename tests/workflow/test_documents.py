"""Documents: form and font, frozen words, dated competence, numbers, and no change once issued."""

from datetime import date, timedelta
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pikepdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter
from pytest_django import Settings

from infra.cases.documents import services
from infra.cases.documents.hashing import content_hash
from infra.cases.documents.numbers import next_number
from infra.cases.documents.pdf import render_pdf
from infra.cases.workflow.errors import TransitionRefused
from infra.files import store
from infra.files.services import attach
from infra.ground.choices import (
    DocumentState,
    DocumentType,
    DossierState,
    Publicity,
    Role,
    SignMode,
)
from infra.ground.errors import Conflict, Refused
from infra.models import Document, Dossier, User
from tests.cast import Cast
from tests.factories import make_organisation, make_route, make_user
from tests.files import papers
from tests.reading import page_text
from tests.seals.aside import seals_aside
from tests.workflow.casework import dossier_of_a, draft_letter, let_sign, upload
from undergrounding.choices import RouteState

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    make_organisation("ubnd-tinh", "committee", name="Ủy ban nhân dân tỉnh Đồng Tháp")
    department = cast.officer.organisation
    assert department
    department.name = "Sở Khoa học và Công nghệ tỉnh Đồng Tháp"
    department.save()
    return dossier_of_a(cast)


@pytest.fixture
def submission(dossier: Dossier, cast: Cast) -> Document:
    """A document of its own way, signed and waiting for the clerk."""
    let_sign(cast.leader, DocumentType.SUBMISSION)
    document = services.draft_document(
        target=dossier,
        type=DocumentType.SUBMISSION,
        template="submission",
        context={"addressee": "Ủy ban nhân dân tỉnh", "opening": ["Kính trình."]},
        subject="Phê duyệt tuyến",
    )
    services.freeze_for_signature(document, actor=cast.head, version=document.version)
    services.sign(document, actor=cast.leader, version=document.version)
    return document


def resources(page: Any) -> Any:
    return page["/Resources"]


def frozen_bytes(document: Document) -> bytes:
    assert document.draft_file
    return store.read_bytes(document.draft_file.sha256)


def fonts(content: bytes) -> dict[str, bool]:
    """Font name → whether its program is embedded, over all pages."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(content)).pages:
        for reference in resources(page).get("/Font", {}).values():
            font = reference.get_object()
            for part in font.get("/DescendantFonts", [font]):
                descriptor = part.get_object()["/FontDescriptor"].get_object()
                name = str(font["/BaseFont"]).split("+")[-1]
                found[name] = any(key.startswith("/FontFile") for key in descriptor)
    return found


def text_of(content: bytes, page: int = 0) -> str:
    return PdfReader(BytesIO(content)).pages[page].extract_text()


def test_the_embedded_font_is_liberation_serif_and_no_other(dossier: Dossier) -> None:
    used = fonts(render_pdf(draft_letter(dossier)))
    assert used
    assert all(name.startswith("Liberation-Serif") for name in used), used
    assert all(used.values())


def test_a_letter_is_a4_and_says_what_the_form_asks(dossier: Dossier) -> None:
    content = render_pdf(draft_letter(dossier))
    page = PdfReader(BytesIO(content)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = text_of(content)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH ĐỒNG THÁP",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "V/v ý kiến về vị trí trạm BTS",
        "Nơi nhận:",
        "- Lưu: VT, BCVT.",
        "không phải là giấy phép",
        "DTH-0142",
        "DỰ THẢO",
    ):
        assert words in text, words


def test_every_page_of_the_demo_says_so(dossier: Dossier, settings: Settings) -> None:
    settings.DEMO_MODE = True
    inset = {"title": "Vị trí 1", "svg": '<svg viewBox="0 0 9 9" width="50mm"/>'}
    content = render_pdf(draft_letter(dossier, context={"insets": [inset]}))
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) == 2
    assert all("DỮ LIỆU MINH HỌA" in page.extract_text() for page in pages)


def test_pages_are_numbered_from_the_second(dossier: Dossier) -> None:
    inset = {"title": "Vị trí 1", "svg": '<svg viewBox="0 0 9 9" width="50mm"/>'}
    content = render_pdf(draft_letter(dossier, context={"insets": [inset]}))
    assert "2" in text_of(content, 1).split()
    assert "1" not in text_of(content, 0).split("CỘNG HÒA")[0].split()


def test_the_context_is_escaped_and_fetches_nothing(dossier: Dossier) -> None:
    letter = draft_letter(dossier, context={"opening": ['<img src="http://example.test/x.png">']})
    assert "<img src=" in text_of(render_pdf(letter))


def test_the_hash_is_of_the_words_and_not_of_their_order() -> None:
    one = content_hash("reply_letter", {"a": 1, "b": "hai"}, "x")
    assert one == content_hash("reply_letter", {"b": "hai", "a": 1}, "x")
    assert one != content_hash("reply_letter", {"b": "ba", "a": 1}, "x")


def test_the_authority_of_the_signer_is_printed(submission: Document) -> None:
    content = frozen_bytes(submission)
    text = text_of(content)
    assert "KT. GIÁM ĐỐC" in text
    assert "PHÓ GIÁM ĐỐC" in text
    assert "Võ Minh Đạo" in text
    assert submission.check_code in text
    assert "DỰ THẢO" not in text


@pytest.mark.parametrize(
    "row",
    [
        {"valid_to": date(2025, 1, 1)},
        {"valid_from": date(2099, 1, 1)},
        {"kind": DocumentType.REPLY_LETTER},
    ],
)
def test_nobody_signs_without_a_row_for_today_and_this_type(
    dossier: Dossier, cast: Cast, row: dict[str, Any]
) -> None:
    let_sign(cast.leader, **({"kind": DocumentType.SUBMISSION} | row))
    document = services.draft_document(
        target=dossier,
        type=DocumentType.SUBMISSION,
        template="submission",
        context={},
        subject="x",
    )
    services.freeze_for_signature(document, actor=cast.head, version=document.version)
    with pytest.raises(TransitionRefused):
        services.sign(document, actor=cast.leader, version=document.version)


def test_a_frozen_document_is_not_drafted_anew(dossier: Dossier, cast: Cast) -> None:
    document = services.draft_document(
        target=dossier, type=DocumentType.SUBMISSION, template="submission", context={}, subject="x"
    )
    services.freeze_for_signature(document, actor=cast.head, version=document.version)
    with pytest.raises(Conflict):
        services.draft_document(
            target=dossier,
            type=DocumentType.SUBMISSION,
            template="submission",
            context={},
            subject="y",
        )


def test_a_dossiers_letter_cannot_be_signed_beside_its_dossier(
    dossier: Dossier, cast: Cast
) -> None:
    letter = draft_letter(dossier)
    with pytest.raises(TransitionRefused, match=dossier.code):
        services.freeze_for_signature(letter, actor=cast.head, version=letter.version)


def issue(document: Document, cast: Cast, **fields: Any) -> Document:
    options: dict[str, Any] = {"number": "45", "issued_on": timezone.localdate()} | fields
    services.issue(document, actor=cast.clerk, version=document.version, **options)
    return document


def test_the_clerks_file_may_carry_an_appended_signature(submission: Document, cast: Cast) -> None:
    frozen = frozen_bytes(submission)
    signed = frozen + b"\n% signature\n%%EOF\n"
    issue(submission, cast, signed_file=upload(signed, "ky.pdf"))
    assert submission.state == DocumentState.ISSUED
    assert submission.full_number == "45/TTr-SKHCN"
    assert submission.signed_file
    assert store.read_bytes(submission.signed_file.sha256) == signed


def test_the_clerks_file_may_carry_a_real_signature(submission: Document, cast: Cast) -> None:
    signed = papers.signed(frozen_bytes(submission))
    assert papers.is_signed(signed)
    issue(submission, cast, signed_file=upload(signed, "ky.pdf"))
    assert submission.signed_file
    assert store.read_bytes(submission.signed_file.sha256) == signed


def test_a_paper_that_acts_by_itself_is_not_issued_even_with_the_right_words(
    submission: Document, cast: Cast
) -> None:
    with pikepdf.open(BytesIO(frozen_bytes(submission))) as pdf:
        papers.opens_a_script(pdf)
        changed = papers.saved(pdf)
    with pytest.raises(Refused, match="JavaScript"):
        issue(
            submission,
            cast,
            signed_file=upload(changed, "ky.pdf"),
            check_code=submission.check_code,
        )


def other_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def test_another_pdf_is_refused_and_the_difference_named(submission: Document, cast: Cast) -> None:
    with pytest.raises(TransitionRefused) as refusal:
        issue(submission, cast, signed_file=upload(other_pdf(), "khac.pdf"))
    assert "byte" in str(refusal.value)
    assert Document.objects.get(pk=submission.pk).state == DocumentState.SIGNED


def test_a_scan_is_taken_with_the_right_check_code_only(submission: Document, cast: Cast) -> None:
    with pytest.raises(TransitionRefused, match="ABCDEF0123"):
        issue(
            submission,
            cast,
            signed_file=upload(other_pdf(), "scan.pdf"),
            check_code="abcdef 0123",
        )
    code = submission.check_code.lower()
    issue(submission, cast, signed_file=upload(other_pdf(), "scan.pdf"), check_code=code)
    assert submission.state == DocumentState.ISSUED


def test_without_own_numbering_number_and_file_are_asked(
    submission: Document, cast: Cast, settings: Settings
) -> None:
    settings.OWN_DOCUMENT_NUMBERS = False
    with pytest.raises(TransitionRefused):
        issue(submission, cast, number="")
    with pytest.raises(Refused):
        next_number(DocumentType.SUBMISSION, timezone.localdate())


def test_a_number_is_given_once_a_year_and_never_in_the_future(
    submission: Document, cast: Cast, dossier: Dossier
) -> None:
    frozen = frozen_bytes(submission)
    with pytest.raises(TransitionRefused):
        issue(
            submission,
            cast,
            issued_on=timezone.localdate() + timedelta(days=1),
            signed_file=upload(frozen, "a.pdf"),
        )
    with seals_aside(Document):
        Document.objects.create(
            target_type=submission.target_type,
            target_id=dossier.pk,
            type=DocumentType.SUBMISSION,
            state=DocumentState.ISSUED,
            number="45",
            symbol="TTr-SKHCN",
            issued_on=timezone.localdate().replace(month=1, day=1),
        )
    with pytest.raises(TransitionRefused, match="45"):
        issue(submission, cast, signed_file=upload(frozen, "a.pdf"))


def issued(submission: Document, cast: Cast) -> Document:
    frozen = frozen_bytes(submission)
    return issue(submission, cast, signed_file=upload(frozen, "a.pdf"))


@pytest.mark.parametrize(
    "change",
    ["subject = 'khác'", "context = '{}'", "number = '46'", "state = 'draft'", "signed_at = now()"],
)
def test_an_issued_document_cannot_be_changed_even_by_sql(
    submission: Document, cast: Cast, change: str
) -> None:
    issued(submission, cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE infra_document SET {change}")  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM infra_document")


def test_an_issued_document_is_only_replaced_or_withdrawn(
    submission: Document, cast: Cast, dossier: Dossier
) -> None:
    issued(submission, cast)
    with seals_aside(Document):
        newer = Document.objects.create(
            target_type=submission.target_type,
            target_id=dossier.pk,
            type=DocumentType.SUBMISSION,
            state=DocumentState.ISSUED,
            number="46",
            issued_on=timezone.localdate(),
        )
    services.replace(submission, by=newer, actor=cast.clerk, version=submission.version)
    assert submission.replaced_by == newer
    with pytest.raises(TransitionRefused):
        services.withdraw(newer, actor=cast.leader, version=newer.version, reason="")
    services.withdraw(newer, actor=cast.leader, version=newer.version, reason="Sai số")
    assert newer.withdrawn_reason == "Sai số"


@pytest.mark.django_db(transaction=True)
def test_own_numbers_have_neither_gaps_nor_doubles(settings: Settings, cast: Cast) -> None:
    settings.OWN_DOCUMENT_NUMBERS = True
    start, given = Barrier(6), []
    kind = DocumentType.RECEIPT
    on, target = date(2026, 3, 2), dossier_of_a(cast)

    def take(fails: bool) -> None:
        start.wait()
        try:
            with transaction.atomic():
                number = next_number(kind, on)
                Document.objects.create(type=kind, number=number, issued_on=on, target=target)
                if fails:
                    raise RuntimeError
                given.append(int(number))
        except RuntimeError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=take, args=(turn in {1, 4},)) for turn in range(6)]
    with seals_aside(Document):  # no document begins with a number
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(given) == [1, 2, 3, 4]


def test_the_public_page_says_how_the_document_stands(
    submission: Document, cast: Cast, client: Client
) -> None:
    address = reverse("document_verify", args=[submission.uuid])
    assert client.get(address).status_code == 404  # not issued: as if it did not exist
    issued(submission, cast)
    page = page_text(client.get(address))
    for words in ("Còn hiệu lực", "45/TTr-SKHCN", submission.check_code, "Phê duyệt tuyến"):
        assert words in page
    assert cast.leader.full_name not in page
    services.withdraw(submission, actor=cast.clerk, version=submission.version, reason="Sai")
    assert "Đã thu hồi" in page_text(client.get(address))


def test_the_public_page_says_when_validity_ended(dossier: Dossier, client: Client) -> None:
    letter = draft_letter(dossier)
    with seals_aside(Document):
        Document.objects.filter(pk=letter.pk).delete()
        old = Document.objects.create(
            target_type=letter.target_type,
            target_id=dossier.pk,
            type=DocumentType.REPLY_LETTER,
            state=DocumentState.ISSUED,
            number="7",
            issued_on=date(2025, 1, 6),
            valid_until=date(2025, 7, 6),
        )
    page = page_text(client.get(reverse("document_verify", args=[old.uuid])))
    assert "Hết hiệu lực" in page


def test_an_unknown_code_gets_plain_words(client: Client) -> None:
    answer = client.get("/xac-minh/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == 404
    assert "chưa ban hành văn bản" in page_text(answer)


def test_an_applicant_reads_the_letter_only_once_issued(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    letter = draft_letter(dossier)
    client.force_login(cast.operator)
    address = reverse("document_pdf", args=[letter.uuid])
    assert client.get(address).status_code == 404
    client.force_login(cast.officer)
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF-")


def issued_about(target: Any, type: DocumentType) -> Document:
    with seals_aside(Document):
        return Document.objects.create(
            target_type=ContentType.objects.get_for_model(target),
            target_id=target.pk,
            type=type,
            state=DocumentState.ISSUED,
            subject="x",
        )


def test_who_sees_the_object_reads_what_was_issued_about_it(dossier: Dossier, cast: Cast) -> None:
    open_route = make_route(
        cast.planner, state=RouteState.APPROVED, publicity=Publicity.PUBLIC, code="T-1"
    )
    inner_route = make_route(cast.planner, code="T-2")
    about_dossier = issued_about(dossier, DocumentType.REPLY_LETTER)
    about_open = issued_about(open_route, DocumentType.REPLY_LETTER)
    about_inner = issued_about(inner_route, DocumentType.REPLY_LETTER)
    between_authorities = issued_about(open_route, DocumentType.SUBMISSION)

    def read_by(person: User) -> set[Document]:
        return set(Document.objects.visible_to(person))

    assert read_by(cast.operator) == {about_dossier, about_open}
    assert read_by(cast.rival) == {about_open}
    everything = {about_dossier, about_open, about_inner, between_authorities}
    assert read_by(cast.auditor) == everything
    assert Document.objects.visible_to(AnonymousUser()).count() == 0


def test_the_file_of_a_paper_between_authorities_is_the_departments(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    paper = issued_about(dossier, DocumentType.SUBMISSION)
    file = attach(paper, upload(other_pdf(), "to-trinh.pdf"), cast.clerk)
    letter = issued_about(dossier, DocumentType.REPLY_LETTER)
    answer = attach(letter, upload(other_pdf(), "tra-loi.pdf"), cast.clerk)
    client.force_login(cast.operator)
    assert client.get(reverse("file", args=[file.uuid])).status_code == 404
    assert client.get(reverse("file", args=[answer.uuid])).status_code == 200


def test_a_head_with_a_row_signs_by_order(dossier: Dossier) -> None:
    head = make_user(Role.HEAD, full_name="Trần Văn Phòng")
    let_sign(
        head,
        DocumentType.SUBMISSION,
        mode=SignMode.TL,
        signing_title="Trưởng phòng",
        superior_title="Giám đốc",
    )
    document = services.draft_document(
        target=dossier, type=DocumentType.SUBMISSION, template="submission", context={}, subject="x"
    )
    services.freeze_for_signature(document, actor=head, version=document.version)
    services.sign(document, actor=head, version=document.version)
    text = text_of(frozen_bytes(document))
    assert "TL. GIÁM ĐỐC" in text
    assert dossier.state == DossierState.APPRAISING
