"""Where no mail server is set up the product says so, prints no letter and counts none as sent."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client
from pytest_django import Settings

from infra.ground import mail
from tests.reading import page_text

ROOT = Path(__file__).resolve().parents[2]
BACKENDS = "django.core.mail.backends"


@pytest.mark.parametrize(
    ("asked", "host", "chosen"),
    [
        ("", "", mail.NOT_SET_UP),
        ("", "mail.dongthap.gov.vn", mail.SMTP),
        (f"{BACKENDS}.console.EmailBackend", "", mail.NOT_SET_UP),
        (f"{BACKENDS}.console.EmailBackend", "mail.dongthap.gov.vn", mail.NOT_SET_UP),
        (f"{BACKENDS}.dummy.EmailBackend", "", mail.NOT_SET_UP),
        (f"{BACKENDS}.filebased.EmailBackend", "", mail.NOT_SET_UP),
        (f"{BACKENDS}.locmem.EmailBackend", "", mail.NOT_SET_UP),
        ("anymail.backends.ses.EmailBackend", "", "anymail.backends.ses.EmailBackend"),
    ],
)
def test_what_reaches_nobody_is_not_mail(asked: str, host: str, chosen: str) -> None:
    assert mail.backend_for(asked, host) == chosen


def test_a_letter_that_goes_nowhere_is_neither_printed_nor_counted(
    settings: Settings,
    capfd: pytest.CaptureFixture[str],
    log_lines: Callable[[], list[dict[str, Any]]],
) -> None:
    settings.EMAIL_BACKEND = mail.NOT_SET_UP
    assert send_mail("Đặt lại mật khẩu", "https://tram.vn/khoa-bi-mat/", None, ["a@b.vn"]) == 0
    assert [line["message"] for line in log_lines()] == [
        "1 letter(s) not sent: no mail server is set up"
    ]
    said = "".join(capfd.readouterr()) + str(log_lines())
    assert "khoa-bi-mat" not in said
    assert "a@b.vn" not in said


def test_the_check_command_names_it() -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EMAIL_")}
    command = [sys.executable, "manage.py", "check"]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert "infra.W040" in told.stderr
    env["EMAIL_HOST"] = "mail.dongthap.gov.vn"
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert "infra.W040" not in told.stderr + told.stdout


@pytest.mark.django_db
def test_nobody_is_promised_a_link_that_cannot_be_sent(client: Client, settings: Settings) -> None:
    address = "/tai-khoan/mat-khau/quen/"
    assert "Gửi liên kết cho tôi" in page_text(client.get(address))
    settings.EMAIL_BACKEND = mail.NOT_SET_UP
    for page in (address, f"{address}da-gui/"):
        text = page_text(client.get(page))
        assert "Chưa cài đặt máy chủ thư" in text
        assert "Gửi liên kết cho tôi" not in text
        assert "đã được gửi đi" not in text
