"""What is refused is told with the file's name, the reason and what to do."""

import re
from pathlib import Path

import pytest
from django.db.models import Model

from infra.files import intake
from infra.files.intake import refusal
from infra.files.services import attach
from infra.files.unreadable import Unreadable
from infra.ground.errors import Refused
from tests.cast import Cast
from tests.files import papers
from tests.workflow.casework import dossier_of_a, upload

FOLDER = Path(intake.__file__).parent
CODES = {
    code
    for path in FOLDER.glob("*.py")
    for code in re.findall(r'refuse\("(\w+)"', path.read_text(encoding="utf-8"))
} | {"too_slow", "too_much_memory"}
FACTS = {"head": b"MZ", "unpacked_mb": 900, "found": ["JavaScript"]}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_refusal_has_words_of_its_own(code: str) -> None:
    told = refusal("thư mời.pdf", Unreadable(code, **FACTS))
    assert "thư mời.pdf" in str(told)
    assert str(told) != str(refusal("thư mời.pdf", Unreadable("no such code")))


@pytest.mark.django_db
def test_a_file_that_kills_its_reader_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier: Model = dossier_of_a(cast)
    monkeypatch.setattr(intake, "SECONDS", 0.001)
    with pytest.raises(Refused, match="quá nhiều"):
        attach(dossier, upload(papers.plain(), "nang.pdf"), cast.operator)


@pytest.mark.parametrize("head", [b"MZ\x90\x00\x03", b"GIF89a", b"\x7fELF\x02"])
def test_what_is_not_known_is_named_by_its_content(head: bytes) -> None:
    told = str(refusal("x.pdf", Unreadable("unknown", head=head + bytes(60))))
    assert "PDF, JPEG" in told
