"""Many sign-ins of one account at the same moment, against the live application."""

import threading
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from django.core.cache import cache
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from infra.ground.choices import Role
from infra.models import User
from tests.cast import PASSWORD
from tests.factories import make_user

CROWD = 8


class Browser:
    """A browser without scripts: cookies, a form, redirects."""

    def __init__(self, live_server: LiveServer) -> None:
        self.address = f"{live_server.url}/tai-khoan/dang-nhap/"
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open_page(self) -> None:
        self.opener.open(self.address).read()

    def sign_in(self, person: User, password: str) -> bool:
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        fields = {"login": person.email, "password": password, "csrfmiddlewaretoken": token}
        self.opener.open(self.address, urllib.parse.urlencode(fields).encode()).read()
        return any(cookie.name == "sessionid" for cookie in self.jar)


def all_at_once(live_server: LiveServer, person: User, passwords: list[str]) -> list[bool]:
    browsers = [Browser(live_server) for _password in passwords]
    for browser in browsers:
        browser.open_page()
    ready, outcomes = threading.Barrier(len(passwords)), [False] * len(passwords)

    def one(at: int) -> None:
        ready.wait()
        outcomes[at] = browsers[at].sign_in(person, passwords[at])

    threads = [threading.Thread(target=one, args=[at]) for at in range(len(passwords))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def person(transactional_db: None, settings: Settings) -> User:
    """Somebody whose password is hashed as slowly as in an office: attempts overlap."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    cache.clear()
    return make_user(Role.OFFICER, password=PASSWORD)


def test_eight_correct_sign_ins_at_once_are_eight_sessions(
    live_server: LiveServer, person: User
) -> None:
    assert all_at_once(live_server, person, [PASSWORD] * CROWD) == [True] * CROWD


def test_wrong_passwords_sent_at_once_are_not_more_guesses(
    live_server: LiveServer, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    check = User.check_password

    def counted(self: User, raw_password: str) -> bool:
        tried.append(raw_password)
        return bool(check(self, raw_password))

    monkeypatch.setattr(User, "check_password", counted)
    guesses = [f"đoán thứ {number}" for number in range(20)]
    assert not any(all_at_once(live_server, person, guesses))
    assert len(set(tried)) == 5
