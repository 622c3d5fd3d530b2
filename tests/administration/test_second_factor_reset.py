"""A lost phone: the second factor is taken away after two checks, and the owner hears of it."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from infra.models import Notice, User
from infra.people.deliveries import send_due
from tests.cast import PASSWORD, Cast
from tests.reading import page_text

REASON = {"identity_check": "in_person", "why": "Mất điện thoại, biên bản 03/BB"}


@pytest.fixture
def owner(cast: Cast) -> User:
    """A leader with an app and recovery codes, who wants no mail."""
    User.objects.filter(pk=cast.leader.pk).update(notify_by_email=False)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=cast.leader, type=kind, data={"secret": "x"})
    cast.leader.refresh_from_db()
    return cast.leader


@pytest.fixture
def admin(client: Client, cast: Cast, clean_cache: None) -> Client:
    """The administrator's browser, the password shown a moment ago."""
    client.force_login(cast.administrator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def page_of(person: User) -> str:
    return reverse("administration:person_second_factor", args=[person.pk])


def test_it_needs_the_administrators_own_password_again(cast: Cast, owner: User) -> None:
    client = Client()
    client.force_login(cast.administrator)
    for answer in (
        client.get(page_of(owner)),
        client.post(page_of(owner), REASON | {"version": owner.version}),
    ):
        assert answer.status_code == 302
        assert reverse("account_reauthenticate") in answer.headers["Location"]
    assert Authenticator.objects.filter(user=owner).count() == 2


@pytest.mark.django_db(transaction=True)
def test_it_is_recorded_told_and_ends_every_session(
    admin: Client, cast: Cast, owner: User, mailoutbox: list[Any]
) -> None:
    theirs = Client()
    theirs.force_login(owner)
    assert theirs.get("/thong-bao/").status_code == 200
    answer = admin.post(page_of(owner), REASON | {"version": owner.version})
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=owner).exists()
    assert theirs.get("/thong-bao/").status_code == 302
    notice = Notice.objects.get(recipient=owner)
    assert "Ngô Quản Trị" in notice.body
    send_due()
    assert [letter.to for letter in mailoutbox] == [[owner.email]], "told by mail all the same"
    history = page_text(admin.get(reverse("administration:person", args=[owner.pk])))
    assert "gặp trực tiếp" in history
    assert "biên bản 03/BB" in history


@pytest.mark.parametrize("missing", ["identity_check", "why"])
def test_without_a_check_or_a_reason_nothing_happens(
    admin: Client, owner: User, missing: str
) -> None:
    fields = REASON | {"version": owner.version, missing: ""}
    assert admin.post(page_of(owner), fields).status_code == 422
    assert Authenticator.objects.filter(user=owner).count() == 2


def test_a_person_without_one_and_oneself_are_refused(admin: Client, cast: Cast) -> None:
    for person in (cast.officer, cast.administrator):
        answer = admin.post(page_of(person), REASON | {"version": person.version})
        assert answer.status_code == 422
