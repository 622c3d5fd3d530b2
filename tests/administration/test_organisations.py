"""Organisations are found, made and changed; what their people may see does not shift silently."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infra.ground.choices import OrganisationKind
from infra.models import Organisation
from tests.cast import Cast
from tests.factories import home, make_organisation
from tests.reading import page_text


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.administrator)
    return client


def as_sent(body: Organisation, **changes: Any) -> dict[str, Any]:
    fields = {
        "name": body.name,
        "short_name": body.short_name,
        "kind": body.kind,
        "code": body.code,
        "email": body.email,
        "phone": body.phone,
        "address": body.address,
        "version": body.version,
        "why": "Thông báo 3/TB",
    }
    fields |= {"is_active": "on"} if body.is_active else {}
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_a_company_is_made_and_found_without_accents(admin: Client) -> None:
    fields = {
        "name": "Công ty Cổ phần Hạ tầng Sông Tiền",
        "short_name": "Sông Tiền",
        "kind": OrganisationKind.TOWER_COMPANY,
        "code": "song-tien",
        "email": "lienhe@example.test",
        "phone": "0277 3 000 000",
        "is_active": "on",
        "why": "Công văn 5/CV",
    }
    assert admin.post(reverse("administration:organisation_new"), fields).status_code == 302
    page = page_text(admin.get(f"{reverse('administration:organisations')}?q=song+tien"))
    assert "Hạ tầng Sông Tiền" in page
    assert "lienhe@example.test" in page


def test_a_new_contact_is_kept_with_its_reason(admin: Client, cast: Cast) -> None:
    body = home(cast.operator)
    address = reverse("administration:organisation", args=[body.pk])
    assert admin.post(address, as_sent(body, phone="0277 3 111 111")).status_code == 302
    page = page_text(admin.get(address))
    assert "0277 3 111 111" in page
    assert "Thông báo 3/TB" in page


def test_an_organisation_with_open_accounts_neither_ends_nor_changes_its_kind(
    admin: Client, cast: Cast
) -> None:
    body = home(cast.operator)
    address = reverse("administration:organisation", args=[body.pk])
    ended = admin.post(address, as_sent(body, is_active=None))
    turned = admin.post(address, as_sent(body, kind=OrganisationKind.DEPARTMENT))
    assert (ended.status_code, turned.status_code) == (422, 422)
    assert "vẫn còn đăng nhập được" in page_text(ended)
    body.refresh_from_db()
    assert (body.is_active, body.kind) == (True, OrganisationKind.OPERATOR)


def test_a_stale_form_and_a_taken_code_are_told(admin: Client, cast: Cast) -> None:
    body = home(cast.operator)
    address = reverse("administration:organisation", args=[body.pk])
    seen = as_sent(body, phone="1")
    admin.post(address, as_sent(body, phone="2"))
    assert admin.post(address, seen).status_code == 409
    other = make_organisation("doanh-nghiep-c")
    body.refresh_from_db()
    assert admin.post(address, as_sent(body, code=other.code)).status_code == 422


def test_a_communes_committee_names_its_commune(admin: Client) -> None:
    body = make_organisation("doanh-nghiep-d")
    address = reverse("administration:organisation", args=[body.pk])
    answer = admin.post(address, as_sent(body, kind=OrganisationKind.COMMUNE))
    assert answer.status_code == 422
    assert "Hãy chọn xã, phường" in page_text(answer)
