"""The second factor: who must have it, where its absence leads, how its secret lies."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from infra.models import User
from infra.people.accounts.adapters import SecondFactorAdapter
from tests.cast import PASSWORD, Cast
from tests.reading import page_text

LOGIN = "/tai-khoan/dang-nhap/"
BOUND = ["leader", "clerk", "administrator"]
FREE = ["inspector", "planner", "operator", "officer", "head", "consulted", "auditor"]


def code_now(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[1])))


def with_password(person: User) -> Client:
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    return client


def enrol(client: Client) -> str:
    """Sets up an app as a person would and returns its secret."""
    url = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = page_text(client.get(url))
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret, page
    client.post(url, {"code": code_now(secret[1])})
    return secret[1]


@pytest.mark.parametrize("role", BOUND)
def test_bound_roles_go_nowhere_before_they_set_it_up(
    second_factor_enforced: None, clean_cache: None, cast: Cast, role: str
) -> None:
    client = with_password(getattr(cast, role))
    for path in ("/", "/thong-bao/", "/quan-tri/", "/ban-do/"):
        answer = client.get(path)
        assert answer.headers.get("Location") == reverse("mfa_activate_totp"), path


@pytest.mark.parametrize("role", FREE)
def test_other_roles_may_do_without(
    second_factor_enforced: None, clean_cache: None, cast: Cast, role: str
) -> None:
    assert with_password(getattr(cast, role)).get("/").status_code == HTTPStatus.OK


def test_the_api_says_so_as_json(
    second_factor_enforced: None, clean_cache: None, cast: Cast
) -> None:
    answer = with_password(cast.leader).get("/api/v1/")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.json()["code"] == "second_factor_required"


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_opens_the_doors_and_gives_recovery_codes(
    second_factor_enforced: None, clean_cache: None, cast: Cast
) -> None:
    client = with_password(cast.leader)
    enrol(client)
    assert client.get("/").status_code == HTTPStatus.OK
    codes = page_text(client.get(reverse("mfa_view_recovery_codes")))
    assert len(re.findall(r"<li><code>", codes)) == 10


def test_the_next_sign_in_asks_for_the_code(
    second_factor_enforced: None, clean_cache: None, cast: Cast
) -> None:
    secret = enrol(with_password(cast.leader))
    cache.clear()
    client = Client()
    fields = {"login": cast.leader.email, "password": PASSWORD}
    answer = client.post(LOGIN, fields)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/thong-bao/").status_code == HTTPStatus.FOUND
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/thong-bao/").status_code == HTTPStatus.FOUND
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get("/thong-bao/").status_code == HTTPStatus.OK


def test_an_older_session_without_the_code_cannot_take_the_app_away(
    second_factor_enforced: None, clean_cache: None, cast: Cast
) -> None:
    older = with_password(cast.leader)
    enrol(with_password(cast.leader))
    answer = older.get(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"] == reverse("mfa_reauthenticate")


def test_secrets_lie_encrypted(
    second_factor_enforced: None, clean_cache: None, cast: Cast, settings: Settings
) -> None:
    secret = enrol(with_password(cast.leader))
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret
    settings.MFA_ENCRYPTION_KEY = "another key"
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(stored)


def test_demo_mode_asks_for_no_second_factor(
    second_factor_enforced: None, clean_cache: None, cast: Cast, settings: Settings
) -> None:
    settings.DEMO_MODE = True
    assert with_password(cast.leader).get("/").status_code == HTTPStatus.OK
