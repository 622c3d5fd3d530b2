"""script/bench: run the benches at two sizes, print one table, keep the figures."""

import argparse
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from types import FrameType

import django

from script.lib import bench_database, embedded, environment
from script.lib.bench import BenchError, Row
from script.lib.bench_table import Results, as_json, compared, read, table, with_growth
from script.lib.bench_web import environment_of_web, serving
from script.lib.cluster import ClusterError
from script.lib.embedded import Addresses
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain, say

# For the process that measures: where it writes its rows.
INSIDE = "TRAM_TUYEN_BENCH"
DEFAULT_SIZE = 100_000
LEAST_SIZE = 20
TENTH = 10
# These write so much that they get an empty database of their own, as its owner.
ON_SCRATCH = frozenset({"history"})


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
    parser.add_argument(
        "--size", type=int, default=DEFAULT_SIZE, help="số cột; đo thêm ở một phần mười"
    )
    parser.add_argument("--keep", type=Path, help="tệp kết quả (mặc định: .local/bench/<giờ>.json)")
    parser.add_argument(
        "--compare",
        nargs="+",
        type=Path,
        metavar="TỆP",
        help="không đo: so tệp cũ với tệp mới (mặc định: lần đo gần nhất)",
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(known()):
        parser.error(f"không có phép đo {', '.join(sorted(unknown))}; có: {', '.join(known())}")
    if options.size < LEAST_SIZE:
        parser.error(f"--size từ {LEAST_SIZE} trở lên")
    if options.compare and len(options.compare) > 2:  # noqa: PLR2004  before and after
        parser.error("--compare nhận một hoặc hai tệp")
    return options


def measure(names: list[str], size: int, kept: Path) -> None:
    """Inside a process that knows its database: run the benches and write down their rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    django.setup()
    if ON_SCRATCH & set(names):
        found = {name: run_one(name, size) for name in names}
    else:
        from script.lib.bench_world import World  # noqa: PLC0415 - Django is set up now
        from script.lib.prepare import collect_static  # noqa: PLC0415

        collect_static()
        with serving(environment_of_web()) as web:
            found = {name: run_one(name, World(size, web)) for name in names}
    kept.write_text(as_json(found), encoding="utf-8")


def run_one(name: str, given: object) -> list[Row]:
    """The rows of one bench."""
    started = time.monotonic()
    rows = list(importlib.import_module(f"script.benches.{name}").bench(given))
    say(f"  {name}: {len(rows)} dòng sau {time.monotonic() - started:.0f} giây")
    return rows


def run_all(server: Addresses, names: list[str], size: int) -> Results:
    """Every bench at a tenth and at the full size, each of the two in a process of its own."""
    found: dict[str, list[Row]] = {}
    others = [name for name in names if name not in ON_SCRATCH]
    if others:
        small = _inside(server, others, max(size // TENTH, 1))
        full = _inside(server, others, size)
        found |= {name: with_growth(small[name], full[name]) for name in others}
    for name in names:
        if name in ON_SCRATCH:
            with bench_database.scratch(server) as database:
                env = environment.owners(database, DATABASE_AS_OWNER="1")
                found |= _measured(env, [name], size)
    return {name: found[name] for name in names}


def _inside(server: Addresses, names: list[str], size: int) -> Results:
    database = bench_database.province(server, size)
    say(f"• Đo với {size} cột")
    return _measured(environment.application(database), names, size)


def _measured(env: dict[str, str], names: list[str], size: int) -> Results:
    kept = local_dir() / "bench" / f"part-{os.getpid()}.json"
    kept.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "script.lib.run_benches", *names, "--size", str(size)]
    told = {INSIDE: str(kept), "LOG_LEVEL": "ERROR"}  # the table is not to drown in log lines
    try:
        subprocess.run(command, cwd=ROOT, env=env | told, check=True)
        return read(kept)
    finally:
        kept.unlink(missing_ok=True)


def machine() -> str:
    """Cores and load now: what else ran stands in the table."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{os.cpu_count()} nhân, tải {load}"


def show(options: argparse.Namespace) -> None:
    """Measure, print, keep."""
    started, before = datetime.now().astimezone(), machine()
    names = options.names or known()
    with embedded.database("postgis-bench", durable=False) as server:
        results = run_all(server, names, options.size)
    facts = {
        "at": started.isoformat(timespec="seconds"),
        "size": options.size,
        "tenth": max(options.size // TENTH, 1),
        "machine": {"before": before, "after": machine()},
    }
    say("\n" + "\n".join(table(results)))
    say(f"\nMáy: trước {before}; sau {machine()}. Cỡ: {facts['tenth']} và {facts['size']} cột.")
    path = options.keep or local_dir() / "bench" / f"{started:%Y-%m-%d-%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_json(results, **facts), encoding="utf-8")
    say(str(path))


def show_compared(paths: list[Path]) -> None:
    """Print two runs beside each other; raises ValueError for a file that is none."""
    after = paths[1] if len(paths) > 1 else _latest()
    say("\n".join(compared(read(paths[0]), read(after))))
    for path in (paths[0], after):
        facts = json.loads(path.read_text(encoding="utf-8"))
        say(f"{path}: {facts.get('at')}, {facts.get('size')} cột, {facts.get('machine')}")


def _latest() -> Path:
    found = sorted((local_dir() / "bench").glob("[0-9]*.json"))
    if not found:
        msg = "Chưa có lần đo nào trong .local/bench."
        raise ValueError(msg)
    return found[-1]


def main(arguments: list[str]) -> int:
    """Compare, or start the database and measure; 1 with a sentence when it cannot."""
    options = parse(arguments)
    try:
        if kept := os.environ.get(INSIDE):
            measure(options.names, options.size, Path(kept))
        elif options.compare:
            show_compared(options.compare)
        else:
            show(options)
    except (BenchError, ClusterError, ValueError) as error:
        complain(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        complain(f"Không đo được (lỗi ở trên): {' '.join(map(str, error.cmd[-4:]))}")
        return 1
    return 0


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # through every `finally`: the web server is not left running


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(main(sys.argv[1:]))
