"""script/bench: run the benches on a database of their own, print a table, keep the figures."""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import django
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from script.lib import embedded, environment
from script.lib.bench import Row
from script.lib.cluster import ClusterError
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain, say

INSIDE = "TRAM_TUYEN_BENCH"
DEFAULT_SIZE = 100_000


def known() -> list[str]:
    """The benches by name."""
    files = (ROOT / "script/benches").glob("*.py")
    return sorted(path.stem for path in files if path.stem != "__init__")


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of script/bench."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Đo tốc độ.")
    parser.add_argument(
        "names", nargs="*", help=f"phép đo: {', '.join(known())} (mặc định: tất cả)"
    )
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="số đối tượng")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(known()):
        parser.error(f"không có phép đo {', '.join(sorted(unknown))}; có: {', '.join(known())}")
    return options


def run_one(name: str, size: int) -> list[Row]:
    """The rows of one bench, on a database that is dropped afterwards."""
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return list(importlib.import_module(f"script.benches.{name}").bench(size))
    finally:
        teardown_databases(databases, verbosity=0)


def show(rows: list[Row]) -> None:
    """One line each."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}×"
        figures = f"{row.ours:10.2f}  {row.reference:10.2f} {row.unit:<5} {ratio:>8}"
        say(f"{row.name:<{width}}  {figures}  {row.note}")


def keep(results: dict[str, list[Row]], size: int) -> Path:
    """Write the figures beside earlier ones."""
    now = timezone.localtime()
    path = local_dir() / "bench" / f"{now:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(exist_ok=True)
    rows = {name: [row.as_json() for row in found] for name, found in results.items()}
    facts = {"at": now.isoformat(), "size": size, "benches": rows}
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2), encoding="utf-8")
    return path


def measure(options: argparse.Namespace) -> None:
    """Run them all, one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    django.setup()
    results = {}
    for name in options.names or known():
        started = time.monotonic()
        results[name] = run_one(name, options.size)
        say(f"\n{name} ({time.monotonic() - started:.0f} s)       ours · reference · ratio")
        show(results[name])
    say(f"\n{keep(results, options.size)}")


def main(arguments: list[str]) -> int:
    """Start the database, and in a process that knows it, measure."""
    options = parse(arguments)
    if os.environ.get(INSIDE):
        measure(options)
        return 0
    try:
        with embedded.database("postgis-bench", durable=False) as database:
            env = environment.owners(database, DATABASE_AS_OWNER="1", **{INSIDE: "1"})
            command = [sys.executable, "-m", "script.lib.run_benches", *arguments]
            return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    except ClusterError as error:
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
