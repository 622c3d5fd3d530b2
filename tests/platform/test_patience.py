"""A statement that takes too long is cut off for pages, told in words, and undone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from pytest_django import Settings

from infra.exchange.held import rows_held
from infra.ground.patience import patience
from infra.models import Organisation
from sites.register.views import export
from tests.cast import Cast
from tests.factories import make_mast, make_organisation

ROOT = Path(__file__).resolve().parents[2]
SLOW = "SELECT pg_sleep(20)"
SHOW = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout');"


def run(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


@pytest.fixture
def limited(db: None) -> Iterator[None]:
    """The connection as a web server's, with a short limit."""
    before = run("SHOW statement_timeout")
    run("SELECT set_config('statement_timeout', '200ms', false)")
    yield
    if not connection.needs_rollback:
        run(f"SELECT set_config('statement_timeout', '{before}', false)")


def slowly(*_given: object, **_named: object) -> None:
    run(SLOW)


def writes_and_waits(*_given: object, **_named: object) -> None:
    with transaction.atomic():
        make_organisation("cho-lau", short_name="Chờ lâu")
        run(SLOW)


@pytest.mark.parametrize("waits", [slowly, writes_and_waits])
def test_a_page_that_takes_too_long_says_so_and_leaves_nothing(
    cast: Cast, limited: None, monkeypatch: pytest.MonkeyPatch, waits: object
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.officer)
    monkeypatch.setattr("sites.register.views.masts.spelt_pages", waits)
    with transaction.atomic():
        answer = client.get("/cot/")
        transaction.set_rollback(True)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Việc này mất quá lâu" in answer.content.decode()
    assert "Không kết nối" not in answer.content.decode()
    assert not Organisation.objects.filter(short_name="Chờ lâu").exists()


def test_a_program_is_told_by_a_code_of_its_own(
    cast: Cast, limited: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.officer)
    monkeypatch.setattr("sites.register.views.masts.spelt_pages", slowly)
    with transaction.atomic():
        told = client.get("/cot/", headers={"Accept": "application/json"})
        transaction.set_rollback(True)
    assert told.status_code == 503
    assert told.json()["code"] == "too_slow"
    assert "mất quá lâu" in told.json()["sentences"][0]


def test_an_export_may_take_longer_than_a_page(limited: None, settings: Settings) -> None:
    settings.EXPORT_STATEMENT_SECONDS = 30
    assert list(rows_held("SELECT 7 FROM pg_sleep(0.1)", [])) == [(7,)]
    assert run("SHOW statement_timeout") == "200ms"
    with patience(30):
        assert run("SELECT 'done' FROM pg_sleep(0.4)") == "done"
    with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
        run(SLOW)


def test_who_has_no_limit_gets_none_by_an_export(db: None, settings: Settings) -> None:
    settings.EXPORT_STATEMENT_SECONDS = 1
    with patience(1):
        assert run("SHOW statement_timeout") == "0"


@pytest.mark.django_db(transaction=True)
def test_an_export_that_takes_too_long_fails_before_it_begins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPORT_STATEMENT_SECONDS = 1
    make_mast(code="CHAM")
    run("SELECT set_config('statement_timeout', '20s', false)")
    held = "SELECT 'a', 1.0, 1.0, 'b' FROM pg_sleep(20)"
    monkeypatch.setattr(export, "exported_masts", lambda *_given: rows_held(held, []))
    try:
        answer = Client(raise_request_exception=False).get("/cot/xuat.csv")
        assert answer.status_code == 503
        assert "Việc này mất quá lâu" in answer.content.decode()
        assert run("SHOW statement_timeout") == "20s"
    finally:
        run("SELECT set_config('statement_timeout', '0', false)")


@pytest.mark.django_db(transaction=True)
def test_an_export_asks_for_all_its_rows_at_once(cast: Cast) -> None:
    make_mast(code="MOT")
    rows = rows_held("SELECT code FROM sites_mast ORDER BY code", [])
    make_mast(code="HAI")  # written after the export began, in no transaction of its own
    assert list(rows) == [("MOT",)]


@pytest.mark.parametrize(("first", "limit"), [("import infra.wsgi;", "7s"), ("", "0")])
def test_the_web_server_alone_is_limited(first: str, limit: str) -> None:
    code = f"import django; django.setup(); {first}{SHOW} print(k.fetchone()[0])"
    env = os.environ | {"WEB_STATEMENT_SECONDS": "7", "DJANGO_SETTINGS_MODULE": "infra.settings"}
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == limit
