"""Who may sign what: entered by its paper, checked against NĐ 30/2020/NĐ-CP, ended, never lost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infra.cases.documents.selectors import authority_of
from infra.ground.choices import DocumentType, Role, SignMode
from infra.models import SigningAuthority
from tests.cast import Cast
from tests.factories import make_authority, make_user
from tests.reading import page_text

NEW = "/quan-tri/tham-quyen-ky/moi/"
DAY = date(2026, 6, 1)


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.administrator)
    return client


def sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    fields = {
        "person": cast.second_leader.pk,
        "document_type": DocumentType.REPLY_LETTER,
        "mode": SignMode.SELF,
        "signing_title": "GIÁM ĐỐC",
        "valid_from": "2026-01-01",
        "source": "QĐ 1/QĐ-UBND",
        "why": "Bổ nhiệm",
    }
    return fields | changes


def delegation(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The leader authorises the head of division for half a year."""
    fields = {
        "person": cast.head.pk,
        "mode": SignMode.TUQ,
        "signing_title": "TRƯỞNG PHÒNG",
        "superior_title": "GIÁM ĐỐC",
        "delegated_by": cast.leader.pk,
        "valid_to": "2026-06-30",
    }
    return sent(cast, **(fields | changes))


def test_what_nobody_may_sign_is_said_first(admin: Client, cast: Cast) -> None:
    page = page_text(admin.get(reverse("administration:authorities")))
    assert "Chưa ai được ký văn bản nào" in page
    assert admin.post(NEW, sent(cast)).status_code == 302
    page = page_text(admin.get(reverse("administration:authorities")))
    assert "Đặng Thu Hà" in page
    assert authority_of(cast.second_leader, DocumentType.REPLY_LETTER, DAY)


def test_a_written_authorisation_lets_sign_while_the_givers_own_authority_holds(
    admin: Client, cast: Cast
) -> None:
    own = make_authority(cast.leader)
    assert admin.post(NEW, delegation(cast)).status_code == 302
    assert authority_of(cast.head, DocumentType.REPLY_LETTER, DAY)
    assert not authority_of(cast.head, DocumentType.REPLY_LETTER, date(2026, 7, 1))
    own.valid_to = date(2026, 5, 31)
    own.save()
    assert not authority_of(cast.head, DocumentType.REPLY_LETTER, DAY)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_to": ""}, "phải có ngày cuối"),
        ({"delegated_by": ""}, "Hãy ghi ai giao quyền"),
        ({"superior_title": ""}, "chức vụ của cấp trên"),
        ({"valid_to": "2025-12-31"}, "Ngày cuối đứng trước ngày đầu"),
        ({"mode": SignMode.KT}, "Chỉ dùng cho TL. và TUQ."),
        ({"document_type": DocumentType.MINUTES}, "không có thẩm quyền của chính mình"),
    ],
)
def test_an_authorisation_against_the_rules_is_refused_in_a_sentence(
    admin: Client, cast: Cast, change: dict[str, Any], words: str
) -> None:
    make_authority(cast.leader)
    answer = admin.post(NEW, delegation(cast, **change))
    assert answer.status_code == 422
    assert words in page_text(answer)
    assert SigningAuthority.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["person", "document_type", "valid_from", "valid_to", "delegated_by"]
)
@pytest.mark.parametrize("garbage", ["", "31/02/2026", "9" * 30, "\x00"])
def test_garbage_in_any_field_is_a_sentence(
    admin: Client, cast: Cast, name: str, garbage: str
) -> None:
    make_authority(cast.leader)
    answer = admin.post(NEW, delegation(cast, **{name: garbage}))
    assert answer.status_code == (400 if garbage == "\x00" else 422)
    assert SigningAuthority.objects.count() == 1


def test_who_was_authorised_cannot_pass_it_on(admin: Client, cast: Cast) -> None:
    make_authority(cast.leader)
    admin.post(NEW, delegation(cast))
    deputy = make_user(Role.HEAD)
    answer = admin.post(NEW, delegation(cast, person=deputy.pk, delegated_by=cast.head.pk))
    assert answer.status_code == 422


def test_the_same_competence_twice_at_once_is_refused(admin: Client, cast: Cast) -> None:
    admin.post(NEW, sent(cast))
    answer = admin.post(NEW, sent(cast, valid_from="2026-03-01"))
    assert answer.status_code == 422
    assert "Hãy kết thúc thẩm quyền đó trước" in page_text(answer)


def test_it_ends_on_a_day_with_a_reason_and_is_kept(admin: Client, cast: Cast) -> None:
    row = make_authority(cast.leader)
    address = reverse("administration:authority_end", args=[row.pk])
    early = {"version": row.version, "last_day": "2025-12-31", "why": "Thôi giữ chức"}
    assert admin.post(address, early).status_code == 422
    assert admin.post(address, early | {"last_day": "2026-05-31"}).status_code == 302
    assert not authority_of(cast.leader, DocumentType.REPLY_LETTER, DAY)
    page = page_text(admin.get(reverse("administration:authority", args=[row.pk])))
    assert "Thôi giữ chức" in page
    assert admin.post(address, early | {"last_day": "2026-06-30"}).status_code == 409
