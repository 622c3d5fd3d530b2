"""Bring the database and the static files up to date; quick when there is nothing to do."""

import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from script.lib import environment
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain

ACCOUNTS = "demo_accounts"


@contextmanager
def timed(label: str) -> Iterator[None]:
    """Say what is being done, and afterwards how long it took."""
    started = time.monotonic()
    print(f"• {label} … ", end="", flush=True)
    yield
    print(f"xong ({time.monotonic() - started:.0f} giây)", flush=True)


def migrate() -> None:
    """As the tables' owner, bring the migrations that this database lacks, its grants and seals."""
    from infra.work.seals.database import statements  # noqa: PLC0415 - Django is set up now

    executor = MigrationExecutor(connection)
    if strange := unknown_migrations(executor.loader):
        complain(
            f"Cơ sở dữ liệu này do một bản khác tạo ra (có bước {', '.join(strange)}). "
            "Chạy lại bản đó; hoặc, nếu không cần dữ liệu cũ, đổi tên thư mục .local rồi chạy lại.",
        )
        sys.exit(1)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan and not statements(settings.DATABASE_APPLICATION_ROLE):
        return
    with timed(f"Cập nhật cơ sở dữ liệu ({len(plan)} bước)"):
        command = environment.manage("migrate", "--no-input", "--verbosity=0")
        subprocess.run(command, cwd=ROOT, check=True)


def unknown_migrations(loader: MigrationLoader) -> list[str]:
    """What was applied to the database and is not in this checkout: another version made it."""
    own = {"infra", "sites", "undergrounding"}
    applied = (key for key in loader.applied_migrations if key[0] in own)
    return sorted(".".join(key) for key in applied if key not in loader.disk_migrations)[:3]


def database_identity() -> str:
    """A name for this very database, other after it is dropped and made again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        )
        return "-".join(map(str, cursor.fetchone()))


def digest(paths: list[Path]) -> str:
    """One hash over names, sizes and times of the files."""
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(paths)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def once(name: str, key: str, act: Callable[[], object]) -> None:
    """Act unless the last successful time had the same key."""
    stamp = local_dir() / "stamps" / name
    if stamp.exists() and stamp.read_text(encoding="utf-8") == key:
        return
    act()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(key, encoding="utf-8")


def load(command: str, label: str) -> None:
    """Run a loading command that takes its time."""
    with timed(label):
        call_command(command, verbosity=0, stdout=io.StringIO())


def load_data() -> None:
    """Reference and demo rows: once for this database, again when the checkout brings others."""
    folders = [ROOT / name for name in ("fixtures", "infra", "sites", "undergrounding")]
    kinds = {".py", ".json", ".csv", ".geojson"}
    sources = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    key = f"{database_identity()} {digest(sources)}"
    once("reference", key, lambda: load("load_reference", "Nạp dữ liệu dùng chung"))
    if settings.DEMO_MODE:
        once("demo", key, lambda: load("load_demo", "Nạp dữ liệu minh họa"))


def collect_static() -> None:
    """Gather scripts, styles and pictures where the web server reads them, compressed."""
    call_command("write_catalogues")
    found = (item for finder in get_finders() for item in finder.list([]))
    files = [Path(storage.path(name)) for name, storage in found]

    def collect() -> None:
        with timed(f"Gom {len(files)} tệp giao diện"):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)

    once("static", digest(files), collect)


def write_accounts() -> None:
    """Keep the table of demo accounts for whoever starts the server."""
    table = io.StringIO()
    if settings.DEMO_MODE and ACCOUNTS in get_commands():
        call_command(ACCOUNTS, stdout=table, no_color=True)
    (local_dir() / ACCOUNTS).write_text(table.getvalue(), encoding="utf-8")


def main() -> None:
    """Everything that must be true before the application serves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    django.setup()
    migrate()
    load_data()
    collect_static()
    write_accounts()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
