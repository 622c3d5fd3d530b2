"""Every request leaves a line, an error its traceback; no secret and no person's name ever."""

import errno
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from pytest_django import Settings

from infra.ground.choices import JobState
from infra.ground.log.scrub import scrub
from infra.urls import urlpatterns as real_patterns
from infra.web.shell import errors
from infra.work.jobs import JobContext, enqueue, register_job
from infra.work.jobs.runner import execute
from tests.cast import Cast
from tests.reading import page_text

Lines = Callable[[], list[dict[str, Any]]]
NUMBER = "0123456789abcdef-from-proxy"


def broken(request: HttpRequest) -> HttpResponse:
    msg = f"cannot read {request.user.pk}"
    raise RuntimeError(msg)


def away(request: HttpRequest) -> HttpResponse:
    msg = "server closed the connection unexpectedly"
    raise OperationalError(msg)


def full_disk(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def full_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError from _DiskFull()


def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError from _Deadlock()


def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.06), %s", ["Nguyễn Thị Bí Mật"])
    return HttpResponse()


class _DiskFull(Exception):
    pgcode = "53100"


class _Deadlock(Exception):
    pgcode = "40P01"


urlpatterns = [
    path("broken/", broken, name="broken"),
    path("away/", away, name="away"),
    path("full-disk/", full_disk, name="full_disk"),
    path("full-database/", full_database, name="full_database"),
    path("locked/", locked, name="locked"),
    path("slow/", slow, name="slow"),
    path("api/broken/", broken, name="api_broken"),
    *real_patterns,
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client) -> Any:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.platform.test_log"):
        yield client


def _request_line(lines: Lines) -> dict[str, Any]:
    (line,) = [line for line in lines() if line["logger"] == "infra.requests"]
    return line


def test_an_unexpected_error_leaves_its_traceback_under_the_number_on_the_page(
    visitor: Client, cast: Cast, log_lines: Lines
) -> None:
    visitor.force_login(cast.officer)
    answer = visitor.get("/broken/")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert number in page_text(answer)
    (error,) = [line for line in log_lines() if "traceback" in line]
    assert f"cannot read {cast.officer.pk}" in error["traceback"]
    assert error["request"] == number
    line = _request_line(log_lines)
    assert (line["request"], line["level"], line["status"]) == (number, "error", 500)


def test_each_request_says_who_what_and_how_long(
    visitor: Client, cast: Cast, log_lines: Lines
) -> None:
    visitor.force_login(cast.officer)
    visitor.get("/tim/?q=cao")
    line = _request_line(log_lines)
    assert (line["person"], line["route"], line["method"], line["status"]) == (
        cast.officer.pk,
        "search",
        "GET",
        200,
    )
    assert line["queries"] > 0
    assert line["milliseconds"] >= 0
    assert line["time"].endswith("+00:00")
    text = json.dumps(log_lines(), ensure_ascii=False)
    assert cast.officer.email not in text
    assert cast.officer.full_name not in text
    assert "cao" not in text


def test_a_stranger_may_not_choose_the_number_our_proxy_may(
    client: Client, settings: Settings
) -> None:
    headers = {"X-Request-ID": NUMBER}
    assert client.get("/healthz", headers=headers)["X-Request-ID"] != NUMBER
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/healthz", headers=headers)["X-Request-ID"] == NUMBER
    spoilt = {"X-Request-ID": 'a" onload="x'}
    assert "onload" not in client.get("/healthz", headers=spoilt)["X-Request-ID"]


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/away/", 503, "chưa được lưu"),
        ("/full-disk/", 507, "Ổ đĩa của máy chủ đã đầy"),
        ("/full-database/", 507, "Ổ đĩa của máy chủ đã đầy"),
        ("/locked/", 500, "Hệ thống gặp lỗi"),
        ("/broken/", 500, "Hệ thống gặp lỗi"),
    ],
)
def test_an_outage_is_told_in_the_senders_own_tongue(
    visitor: Client, address: str, status: int, word: str
) -> None:
    page = visitor.get(address)
    assert (page.status_code, page["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert word in page_text(page)
    by_wish = visitor.get(address, headers={"Accept": "application/json"})
    by_body = visitor.post(address, "{}", content_type="application/json")
    for answer in (by_wish, by_body):
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
        told = answer.json()
        assert word in " ".join(told["sentences"])
        assert told["request_id"] == answer["X-Request-ID"]


def test_below_the_api_an_unexpected_error_is_json(visitor: Client) -> None:
    answer = visitor.get("/api/broken/")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_server_error"


def test_an_outage_before_the_view_is_an_outage_too(
    visitor: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.force_login(cast.officer)

    def gone(*args: object, **kwargs: object) -> None:
        msg = "connection refused"
        raise OperationalError(msg)

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
    answer = visitor.get("/tim/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_a_refusal_of_the_api_bears_its_number(client: Client) -> None:
    answer = client.get("/api/v1/dossiers")
    assert answer.status_code == 401
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_a_slow_query_is_named_without_its_values(
    visitor: Client, settings: Settings, log_lines: Lines
) -> None:
    settings.SLOW_QUERY_MS = 50
    answer = visitor.get("/slow/")
    (line,) = [line for line in log_lines() if line["logger"] == "infra.queries"]
    assert "SELECT pg_sleep(0.06), %s" in line["statement"]
    assert line["milliseconds"] >= 50
    assert line["request"] == answer["X-Request-ID"]
    assert "Bí Mật" not in json.dumps(log_lines(), ensure_ascii=False)


def test_the_lines_of_a_job_bear_its_number(cast: Cast, log_lines: Lines) -> None:
    def work(job: JobContext) -> None:
        logging.getLogger("infra.anything").info("at work")
        raise RuntimeError

    register_job("log-test", work)
    job = enqueue("log-test", {}, cast.officer)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    lines = [line for line in log_lines() if line["logger"].startswith("infra.")]
    assert {line.get("job") for line in lines} == {str(job.uuid)}
    ended = [line for line in lines if line["message"] == "job ended"]
    assert [(line["kind"], line["state"]) for line in ended] == [("log-test", "failed")]
    assert [line for line in lines if "RuntimeError" in line.get("traceback", "")]


def test_signing_in_and_resetting_leave_no_secret(
    visitor: Client, cast: Cast, log_lines: Lines, clean_cache: None
) -> None:
    key = "1-d3vqkb-5f4dcc3b5aa765d61d8327deb882cf99"
    visitor.post(
        "/tai-khoan/dang-nhap/", {"login": cast.officer.email, "password": "mat-khau-cua-toi"}
    )
    visitor.get(f"/tai-khoan/mat-khau/quen/{key}/")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", f"/tai-khoan/mat-khau/quen/{key}/"
    )
    text = json.dumps(log_lines(), ensure_ascii=False)
    assert "account_login" in text
    assert "/mat-khau/quen/[…]/" in text
    for secret in (key, "mat-khau-cua-toi", cast.officer.email, str(visitor.cookies)):
        assert secret not in text


def test_what_postgresql_quotes_of_a_row_is_not_kept(cast: Cast, log_lines: Lines) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO infra_user SELECT * FROM infra_user WHERE email = %s",
                [cast.officer.email],
            )
    except DatabaseError:
        logging.getLogger("infra").exception("no second one")
    text = json.dumps(log_lines(), ensure_ascii=False)
    assert "UniqueViolation" in text
    assert cast.officer.email not in text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("connecting to postgres://tt:hunter2hunter2@db/tt", "hunter2hunter2"),
        ("{'password': 'hunter2'}", "hunter2"),
        ('{"new_password1": "a b c"}', "a b c"),
        ("csrfmiddlewaretoken=abcDEF123&next=/", "abcDEF123"),
        ("Cookie: sessionid=abc; language=vi", "abc"),
        ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
        ("got Basic dXNlcjpwYXNz back", "dXNlcjpwYXNz"),
        ("LINE 1: SELECT * FROM t WHERE name = 'Đặng Thu Hà'", "Đặng"),
        ("DETAIL:  Key (full_name)=(Đặng Thu Hà) already exists.", "Đặng"),
        ("DETAIL:  Failing row contains (1, Đặng Thu Hà, null).", "Đặng"),
        ("to ha.dang@dongthap.gov.vn", "ha.dang"),
    ],
)
def test_secrets_are_taken_out_wherever_they_come_from(text: str, secret: str) -> None:
    assert secret not in scrub(text)


def test_the_installations_own_keys_are_taken_out_by_value() -> None:
    secrets = django_settings.LOGGING["formatters"]["lines"]["secrets"]
    assert django_settings.SECRET_KEY in secrets
    assert django_settings.DATABASES["default"]["PASSWORD"] in secrets
    assert django_settings.SECRET_KEY not in scrub(f"key {django_settings.SECRET_KEY}", secrets)


def test_ordinary_words_stay() -> None:
    words = (
        "Job 7 (import) failed in infra/work/jobs/runner.py, line 81: 3 rows, 10:45, độ cao 36,5 m"
    )
    assert scrub(words) == words
