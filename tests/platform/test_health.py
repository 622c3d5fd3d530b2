"""`/healthz` says what is well and what is not, to anybody, without secrets."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from infra.ground.mail import NOT_SET_UP
from infra.work.jobs.pulse import HEARTBEAT_KEY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _worker_at_work() -> None:
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat())


def test_all_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "worker": "ok",
        "disk": "ok",
        "seals": "ok",
        "mail": "ok",
    }
    assert "no-store" in answer["Cache-Control"]


def test_a_worker_that_never_came_is_told(client: Client) -> None:
    cache.delete(HEARTBEAT_KEY)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "absent")


def test_a_worker_that_fell_silent_is_told(client: Client) -> None:
    cache.set(HEARTBEAT_KEY, (timezone.now() - timedelta(minutes=2)).isoformat())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "silent")


def test_the_web_server_can_be_asked_without_the_worker(client: Client) -> None:
    cache.delete(HEARTBEAT_KEY)
    answer = client.get("/healthz?parts=database,disk")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "database", "disk"}


def test_an_unknown_part_is_not_well(client: Client) -> None:
    assert client.get("/healthz?parts=moon").status_code == 503


def test_a_full_disk_is_told(client: Client, settings: Settings) -> None:
    settings.HEALTH_MIN_FREE_MB = 10**12
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "nearly full")


def test_no_mail_server_is_told_and_fails_nothing(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = NOT_SET_UP
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["mail"]) == (200, "not configured")


def test_a_database_without_postgis_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_catalog")
    answer = client.get("/healthz?parts=database")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_nothing_can_be_written_there(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
