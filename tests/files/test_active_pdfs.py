"""A PDF that acts by itself is refused by what it does; a plain or signed one is taken."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import ObjectStreamMode

from infra.files.services import attach
from infra.ground.choices import DossierState
from infra.ground.errors import Refused
from infra.models import Attachment, Dossier
from tests.cast import Cast
from tests.files import papers
from tests.workflow.casework import dossier_of_a, upload

pytestmark = pytest.mark.django_db

PACKED = {"object_stream_mode": ObjectStreamMode.generate}
LOCKED = {"encryption": pikepdf.Encryption(owner="chu", user="")}


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return dossier_of_a(cast, state=DossierState.DRAFT)


@pytest.mark.parametrize("how", [{}, PACKED, LOCKED | PACKED], ids=["bare", "packed", "encrypted"])
@pytest.mark.parametrize("act", papers.ACTIVE, ids=lambda act: act.__name__)
def test_what_acts_by_itself_is_refused_by_name(
    dossier: Dossier, cast: Cast, act: Callable[[Any], None], how: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        attach(dossier, upload(papers.active(act, **how), "thu.pdf"), cast.operator)
    assert papers.ACTIVE[act] in str(refusal.value)
    assert "thu.pdf" in str(refusal.value)
    assert not Attachment.objects.exists()


def test_a_script_under_an_escaped_name_is_found(dossier: Dossier, cast: Cast) -> None:
    content = papers.active(papers.opens_a_script)
    hidden = content.replace(b"/JavaScript", b"/J#61vaScript")
    assert hidden != content
    with pytest.raises(Refused, match="JavaScript"):
        attach(dossier, upload(hidden, "thu.pdf"), cast.operator)


def test_a_script_that_only_a_repairing_reader_finds_is_found(dossier: Dossier, cast: Cast) -> None:
    content = papers.plain()
    lost = b"\n99 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"
    place = content.rindex(b"xref", 0, content.rindex(b"startxref"))
    with pytest.raises(Refused, match="JavaScript"):
        attach(dossier, upload(content[:place] + lost + content[place:], "a.pdf"), cast.operator)


@pytest.mark.parametrize("how", [{}, PACKED, LOCKED], ids=["bare", "packed", "encrypted"])
@pytest.mark.parametrize("act", papers.HARMLESS, ids=lambda act: act.__name__)
def test_what_waits_for_a_click_is_taken(
    dossier: Dossier, cast: Cast, act: Callable[[Any], None], how: dict[str, Any]
) -> None:
    content = papers.active(act, **how)
    assert attach(dossier, upload(content, "thu.pdf"), cast.operator).size == len(content)


def test_a_signed_paper_is_taken_as_it_is(dossier: Dossier, cast: Cast) -> None:
    content = papers.signed(papers.plain())
    assert papers.is_signed(content)
    assert attach(dossier, upload(content, "ky.pdf"), cast.operator).size == len(content)


def test_a_locked_paper_says_that_its_password_stands_in_the_way(
    dossier: Dossier, cast: Cast
) -> None:
    with pytest.raises(Refused, match="mật khẩu"):
        attach(dossier, upload(papers.locked("khach"), "thu.pdf"), cast.operator)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\nnothing at all\n%%EOF", papers.saved(pikepdf.Pdf.new())],
    ids=["rubbish", "no page"],
)
def test_a_paper_that_cannot_be_opened_is_refused(
    dossier: Dossier, cast: Cast, content: bytes
) -> None:
    with pytest.raises(Refused, match="hỏng"):
        attach(dossier, upload(content, "thu.pdf"), cast.operator)
