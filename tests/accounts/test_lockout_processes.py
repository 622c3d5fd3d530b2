"""The sign-in limits are counted in the database, so separate processes share them."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.seals.application import environment

SCRIPT = """
import sys
import django
django.setup()
from django.conf import settings
from django.test import Client
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}  # nothing was collected here
fields = {"login": "ai-do@example.test", "password": "sai mat khau"}
for attempt in range(int(sys.argv[1])):
    answer = Client().post("/tai-khoan/dang-nhap/", fields, SERVER_NAME="localhost")
    print("locked" if "quá nhiều lần" in answer.content.decode() else "open")
"""


def attempts(count: int) -> list[str]:
    """Failed sign-ins in one process of its own, on the test database."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(count)],
        env=environment(
            DJANGO_SETTINGS_MODULE="infra.settings",
            PYTHONIOENCODING="utf-8",
            PYTHONPATH=str(settings.BASE_DIR),
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.django_db(transaction=True)
def test_failures_in_separate_processes_add_up_to_one_lock() -> None:
    cache.clear()
    first, second = attempts(5), attempts(1)
    cache.clear()
    assert (first, second) == (["open"] * 5, ["locked"])
