"""Fixtures that every test may use: the cast of people, plain settings, the public data beside."""

import fcntl
import io
import json
import logging
import os
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings as django_settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from pytest_django import Settings

from infra.ground.log.lines import JsonLines
from infra.map.express import forget_passes
from infra.map.tiles import forget_tiles
from infra.models import User
from infra.web.delivery.catalogues import write_catalogues
from tests.cast import Cast, make_cast
from tests.seals.aside import sql_flush


@pytest.fixture(scope="session")
def shared_data() -> Path | None:
    """The folder of real public data beside the project, or None on a machine that has none."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "shared" / "data"
        if folder.is_dir():
            return folder
    return None


@pytest.fixture(scope="session")
def assets() -> None:
    """The built scripts and styles, made once even when several workers run."""
    folder = django_settings.LOCAL_DIR
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.environ.get("TESTS_ASSETS_BUILT") != "1":
            subprocess.run(
                ["script/assets"], cwd=django_settings.BASE_DIR, check=True, capture_output=True
            )
        write_catalogues()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test runs in the application's own role, its fixtures as the owner of the tables.

    So a missing grant fails here and not at an office. What only the owner may do is marked
    `owner`, or says `as_owner()` where it does it.
    """
    needs = set(getattr(item, "fixturenames", ()))
    uses_database = needs & {"db", "transactional_db"} or item.get_closest_marker("django_db")
    role = django_settings.DATABASE_APPLICATION_ROLE
    if not role or not uses_database or item.get_closest_marker("owner"):
        return (yield)
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
    try:
        return (yield)
    finally:
        if not connection.in_atomic_block:  # the end of a transaction puts it back by itself
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_cleared() -> Iterator[None]:
    """Tests run as the owner of the tables, who may put the seals aside to clear them."""
    with patch.object(DatabaseOperations, "sql_flush", sql_flush):
        yield


@pytest.fixture(autouse=True)
def plain_settings(settings: Settings, tmp_path: Path) -> Settings:
    """Tests run as production does (no demo mode) but quick; files go to a folder of their own."""
    settings.DEMO_MODE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "tests.outbox.OutboxBackend"
    settings.MEDIA_ROOT = tmp_path / "files"
    # Files by their own names, as they lie in the checkout: nothing is collected for a test.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = django_settings.STORAGES | {"staticfiles": plain}
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    return settings


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A test's write counters are rolled back and come again: no tile of another test is true."""
    forget_tiles()
    forget_passes()


@pytest.fixture(autouse=True)
def second_factor_shown(request: pytest.FixtureRequest) -> Iterator[None]:
    """`client.force_login(leader)` counts as signed in with both factors.

    A test about the second factor itself asks for `second_factor_enforced`.
    """
    if "second_factor_enforced" in request.fixturenames:
        yield
        return

    def remember(sender: type[User], request: Any, user: User, **kwargs: Any) -> None:
        record_authentication(request, user, "mfa")

    user_logged_in.connect(remember)
    yield
    user_logged_in.disconnect(remember)


@pytest.fixture
def second_factor_enforced() -> None:
    """The middleware's rule holds in this test as it does outside demo mode."""


@pytest.fixture
def clean_cache(db: None) -> Iterator[None]:
    """The sign-in limits start from nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """One person per role, operators of two companies, two leaders."""
    return make_cast()


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the application writes down while the test runs, as a log collector reads it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines(django_settings.LOGGING["formatters"]["lines"]["secrets"]))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)
