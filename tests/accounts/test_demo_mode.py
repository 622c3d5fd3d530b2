"""Demo mode: one click signs in, on this machine only, and every page says it is illustrative."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from infra.ground.choices import Role
from infra.models import User
from infra.people.accounts.demo import PASSWORD, PEOPLE, make_demo_people
from tests.reading import page_text

MARK = "DỮ LIỆU MINH HỌA"


@pytest.fixture
def demo(settings: Settings, db: None, clean_cache: None) -> Settings:
    settings.DEMO_MODE = True
    list(make_demo_people())
    return settings


def test_there_is_a_demo_person_for_every_role() -> None:
    assert {person.role for person in PEOPLE} == set(Role)
    assert len([person for person in PEOPLE if person.role == Role.OPERATOR]) == 2
    assert len([person for person in PEOPLE if person.role == Role.LEADER]) == 2


@pytest.mark.parametrize("key", [person.key for person in PEOPLE])
def test_one_click_signs_in(demo: Settings, client: Client, key: str) -> None:
    answer = client.post("/tai-khoan/minh-hoa/", {"person": key}, follow=True)
    assert answer.context["user"].email == f"{key}@demo.local"
    assert MARK in page_text(answer)


def test_one_click_needs_the_token_of_the_form(demo: Settings) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/tai-khoan/minh-hoa/", {"person": "quantri"}).status_code == 403


def test_a_key_outside_the_list_signs_nobody_in(demo: Settings, client: Client) -> None:
    User.objects.create_user("that@demo.local", full_name="Người thật")
    client.post("/tai-khoan/minh-hoa/", {"person": "that"})
    assert client.get("/thong-bao/").status_code == 302


def test_the_documented_password_works(demo: Settings, client: Client) -> None:
    fields = {"login": "chuyenvien@demo.local", "password": PASSWORD}
    assert client.post("/tai-khoan/dang-nhap/", fields).status_code == 302


def test_outside_demo_mode_there_is_no_such_door(client: Client, db: None) -> None:
    list(make_demo_people())
    assert client.post("/tai-khoan/minh-hoa/", {"person": "quantri"}).status_code == 404
    assert "minh-hoa" not in page_text(client.get("/tai-khoan/dang-nhap/"))
    assert MARK not in page_text(client.get("/"))


@pytest.mark.parametrize("address", ["192.168.1.9", "10.0.0.7", "2001:db8::1", "", "unix:"])
def test_other_machines_are_refused(demo: Settings, client: Client, address: str) -> None:
    answer = client.get("/", REMOTE_ADDR=address)
    assert answer.status_code == 403
    assert "chỉ chạy trên máy này" in page_text(answer)


@pytest.mark.parametrize("host", ["tram.dongthap.gov.vn", "192.168.1.5", "localhost.evil.test"])
def test_other_host_names_are_refused(demo: Settings, client: Client, host: str) -> None:
    demo.ALLOWED_HOSTS = ["*"]
    assert client.get("/", headers={"host": host}).status_code == 403


def test_a_proxy_on_this_machine_does_not_open_the_door(demo: Settings, client: Client) -> None:
    assert client.get("/", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_answered(demo: Settings, client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_check_refuses_demo_mode_with_foreign_hosts(settings: Settings) -> None:
    settings.DEMO_MODE = True
    settings.ALLOWED_HOSTS = ["localhost", "tram.dongthap.gov.vn"]
    assert "infra.E001" in {message.id for message in run_checks(tags=["security"])}
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert "infra.E001" not in {message.id for message in run_checks(tags=["security"])}


def test_command_prints_the_accounts(demo: Settings) -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert len(out.getvalue().splitlines()) == len(PEOPLE)


def test_command_makes_no_open_accounts_outside_demo_mode(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_the_documented_password_opens_nothing_once_demo_mode_is_off(
    demo: Settings, client: Client
) -> None:
    demo.DEMO_MODE = False
    fields = {"login": "chuyenvien@demo.local", "password": PASSWORD}
    assert client.post("/tai-khoan/dang-nhap/", fields).status_code == 200
    assert client.get("/thong-bao/").status_code == 302
