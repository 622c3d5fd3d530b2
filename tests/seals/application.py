"""The test's database as the application's own role reaches it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def address() -> str:
    """DATABASE_URL of the test's database."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def environment(**more: str) -> dict[str, str]:
    """For a process that a test starts: it signs in as the application does."""
    return os.environ | {"DATABASE_URL": address(), "DATABASE_AS_OWNER": "0"} | more


@contextmanager
def as_application() -> Iterator[None]:
    """This connection may do what the application's role may, no more."""
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{settings.DATABASE_APPLICATION_ROLE}"')
    try:
        yield
    finally:
        if connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")
