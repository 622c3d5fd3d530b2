"""Typed environment readers that refuse a bad value instead of guessing."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BOOLEANS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that `<NAME>_FILE` points at.

    Raises ImproperlyConfigured when neither is set and there is no default.
    """
    if file_name := os.environ.get(f"{name}_FILE"):
        return Path(file_name).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        msg = f"Set the environment variable {name} (see .env.example)."
        raise ImproperlyConfigured(msg)
    return value


def boolean(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1/0, true/false, yes/no. Raises ImproperlyConfigured on anything else."""
    value = text(name, str(int(default))).lower()
    if value not in _BOOLEANS:
        msg = f"{name} must be one of {', '.join(_BOOLEANS)}; it is {value!r}."
        raise ImproperlyConfigured(msg)
    return _BOOLEANS[value]


def integer(name: str, *, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured on anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        msg = f"{name} must be a whole number; it is {value!r}."
        raise ImproperlyConfigured(msg) from error


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(url: str) -> str:
    """Scheme and host of an address, for a policy; `{s}` before the host becomes `*`.

    Raises ImproperlyConfigured when it is no https address.
    """
    parts = urlsplit(url.replace("{s}", "*"))
    if parts.scheme != "https" or not parts.netloc:
        msg = f"An online base map needs an https address; it is {url!r}."
        raise ImproperlyConfigured(msg)
    return f"{parts.scheme}://{parts.netloc}"


def application_role() -> str:
    """The role of DATABASE_URL, to which the owner grants; empty where one role does it all."""
    if not text("MIGRATE_DATABASE_URL", ""):
        return ""
    role = str(database()["USER"])
    return "" if role == database("MIGRATE_DATABASE_URL")["USER"] else role


def database(name: str = "DATABASE_URL") -> dict[str, object]:
    """Django's database settings from `postgres://user:password@host:port/name?host=/socket`.

    Raises ImproperlyConfigured when the scheme is not PostgreSQL's or the name is missing.
    """
    url = urlsplit(text(name))
    query = dict(parse_qsl(url.query))
    if url.scheme not in {"postgres", "postgresql", "postgis"} or not url.path.strip("/"):
        msg = f"{name} must look like postgres://user:password@host/name."
        raise ImproperlyConfigured(msg)
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": query.pop("user", unquote(url.username or "")),
        "PASSWORD": query.pop("password", unquote(url.password or "")),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": query.pop("port", str(url.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
