"""The environment that the application's processes get from the scripts."""

import os
import secrets
import sys

from script.lib.embedded import Addresses
from script.lib.paths import ROOT, local_dir, write_private


def secret_key() -> str:
    """The secret key as given, else one made once and kept in the private folder."""
    if given := os.environ.get("DJANGO_SECRET_KEY"):
        return given
    path = local_dir() / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8")


def application(database: Addresses, **more: str) -> dict[str, str]:
    """Our own environment with what the application needs; demo mode unless told otherwise.

    What serves people never learns the owner's address: see `owners`.
    """
    own = os.environ.copy()
    own.pop("MIGRATE_DATABASE_URL", None)
    own.setdefault("DEMO_MODE", "1")
    own["PATH"] = f"{ROOT / '.venv/bin'}{os.pathsep}{own.get('PATH', os.defpath)}"
    own["LOCAL_DIR"] = str(local_dir())
    if not own.get("DJANGO_SECRET_KEY_FILE"):
        own["DJANGO_SECRET_KEY"] = secret_key()
    return own | {"DATABASE_URL": database.application} | more


def owners(database: Addresses, **more: str) -> dict[str, str]:
    """The same for commands of whoever keeps the database: `manage.py migrate`, tests, benches."""
    return application(database, MIGRATE_DATABASE_URL=database.owner, **more)


def manage(*arguments: str) -> list[str]:
    """The command line of manage.py."""
    return [sys.executable, "manage.py", *arguments]
