"""The benches' databases, kept by size between runs and made anew when migrations change."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from script.lib import environment
from script.lib.embedded import Addresses
from script.lib.paths import ROOT
from script.lib.prepare import timed

BARE = "tram_tuyen_bench_bare"
DEMO = "tram_tuyen_bench_demo"
SIZED = "tram_tuyen_bench_{size}"
SCRATCH = "tram_tuyen_bench_scratch"
CROWD = ("script/lib/crowd.py", "script/lib/bench_province.py")


def province(server: Addresses, size: int) -> Addresses:
    """A province with so many masts; kept from an earlier run, else made now."""
    name, stamp = SIZED.format(size=size), _stamp(*migrations(), *CROWD)
    if _comment(server, name) != stamp:
        _demo(server)
        _copy(server, DEMO, name)
        with timed(f"Dựng {size} cột để đo"):
            command = [sys.executable, "-m", "script.lib.bench_build", str(size)]
            _run(_named(server, name), command)
        _note(server, name, stamp)
    return _named(server, name)


@contextmanager
def scratch(server: Addresses) -> Iterator[Addresses]:
    """An empty database that is thrown away."""
    _bare(server)
    _copy(server, BARE, SCRATCH)
    try:
        yield _named(server, SCRATCH)
    finally:
        _drop(server, SCRATCH)


def migrations() -> list[str]:
    """Every migration of the checkout."""
    found = [
        path
        for half in ("infra", "sites", "undergrounding")
        for path in (ROOT / half / "migrations").glob("*.py")
    ]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def _bare(server: Addresses) -> None:
    """The tables, without a row."""
    stamp = _stamp(*migrations())
    if _comment(server, BARE) == stamp:
        return
    _copy(server, "template1", BARE)
    with timed("Dựng bảng để đo"):
        migrate = environment.manage("migrate", "--no-input", "--verbosity=0")
        _run(_named(server, BARE), migrate)
    _note(server, BARE, stamp)


def _demo(server: Addresses) -> None:
    """The demo's province, out of which the others are made."""
    stamp = _stamp(*migrations())
    if _comment(server, DEMO) == stamp:
        return
    _bare(server)
    _copy(server, BARE, DEMO)
    with timed("Nạp dữ liệu minh họa để đo"):
        for command in ("load_reference", "load_demo"):
            _run(_named(server, DEMO), environment.manage(command, "--verbosity=0"))
    _note(server, DEMO, stamp)


def _run(database: Addresses, command: list[str]) -> None:
    """As the owner of the database. Raises CalledProcessError, its words already shown."""
    env = environment.owners(database, DATABASE_AS_OWNER="1", LOG_LEVEL="ERROR")
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def _stamp(*names: str) -> str:
    """One hash over what the files say."""
    made = hashlib.sha256()
    for name in names:
        made.update(name.encode() + Path(ROOT / name).read_bytes())
    return made.hexdigest()


def _named(server: Addresses, name: str) -> Addresses:
    """The same roles' addresses of another database of the server."""
    parts = [urlsplit(url) for url in (server.application, server.owner)]
    return Addresses(*(f"{it.scheme}://{it.netloc}/{name}?{it.query}" for it in parts))


def _comment(server: Addresses, name: str) -> str | None:
    with _owner(server) as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def _note(server: Addresses, name: str, stamp: str) -> None:
    with _owner(server) as cursor:
        cursor.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(stamp))
        )


def _copy(server: Addresses, template: str, name: str) -> None:
    _drop(server, name)
    with _owner(server) as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _drop(server: Addresses, name: str) -> None:
    with _owner(server) as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def _owner(server: Addresses) -> Iterator["psycopg2.extensions.cursor"]:
    connection = psycopg2.connect(server.owner)
    connection.autocommit = True  # databases are not made in a transaction
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
