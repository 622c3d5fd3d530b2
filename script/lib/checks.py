"""The steps of script/test and script/check: each a command, its output shown when it fails."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from script.lib import embedded, environment
from script.lib.cluster import ClusterError
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain

WORKERS = "2"
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\b")


@dataclass(frozen=True)
class Step:
    """One thing that must be in order; `counts` reads how many tests its output speaks of."""

    key: str
    label: str
    command: list[str]
    counts: Callable[[str], tuple[int, int]] | None = None


@dataclass
class Result:
    """How a step ended."""

    step: Step
    status: int
    seconds: float
    output: str = field(repr=False)

    @property
    def tally(self) -> tuple[int, int]:
        """Passed and failed; a step without tests of its own counts as one."""
        passed, failed = self.step.counts(self.output) if self.step.counts else (0, 0)
        if self.status and not failed:
            return passed, 1
        return (passed, failed) if self.step.counts else (1, 0)


def pytest_counts(output: str) -> tuple[int, int]:
    """Passed and failed of pytest's last line; skipped is neither."""
    found = {kind.rstrip("s"): int(n) for n, kind in COUNTS.findall(output[-400:])}
    return found.get("passed", 0), found.get("failed", 0) + found.get("error", 0)


def node_counts(output: str) -> tuple[int, int]:
    """Passed and failed of Node's test runner."""
    found = dict(re.findall(r"^\S* ?(pass|fail) (\d+)$", output, re.MULTILINE))
    return int(found.get("pass", 0)), int(found.get("fail", 0))


def static_steps() -> list[Step]:
    """What needs no running application; the longest first, so that two lanes end together."""
    tool = ROOT / ".venv/bin"
    tests = sorted(str(path.relative_to(ROOT)) for path in _javascript_tests())
    steps = [
        Step("types", "kiểu dữ liệu (mypy)", [str(tool / "mypy")]),
        Step("style", "văn phong (ruff check)", [str(tool / "ruff"), "check"]),
        Step("format", "trình bày (ruff format)", [str(tool / "ruff"), "format", "--check"]),
        Step("imports", "hướng import (lint-imports)", [str(tool / "lint-imports"), "--no-cache"]),
        Step("django", "cấu hình (check)", environment.manage("check")),
        Step(
            "migrations",
            "migration còn thiếu",
            environment.manage("makemigrations", "--check", "--dry-run"),
        ),
        Step("messages", "bản dịch (messages)", ["script/messages", "--check"]),
        Step(
            "scripts",
            "văn phong JavaScript (eslint)",
            [str(tool / "npx"), "--no-install", "eslint", "."],
        ),
        Step(
            "script-types",
            "kiểu JavaScript (tsc)",
            [str(tool / "npx"), "--no-install", "tsc"],
        ),
        Step(
            "templates",
            "trình bày template (djade)",
            [str(tool / "djade"), "--check", "--target-version", "5.2", *_templates()],
        ),
        Step(
            "template-width",
            "độ rộng template",
            [sys.executable, "-m", "script.lib.template_width", "--check"],
        ),
    ]
    if tests:
        steps.append(
            Step(
                "script-tests",
                "JavaScript (node --test)",
                [str(tool / "node"), "--test", *tests],
                node_counts,
            )
        )
    return steps


def _templates() -> list[str]:
    return sorted(
        str(path.relative_to(ROOT))
        for app in ("infra", "sites", "undergrounding")
        for path in (ROOT / app / "templates").glob("**/*.html")
    )


def _javascript_tests() -> list[Path]:
    return [
        path
        for app in ("infra", "sites", "undergrounding")
        for path in (ROOT / app).glob("**/js/**/*.test.js")
    ]


def pytest_steps() -> list[Step]:
    """Python tests, then those that drive a browser."""
    pytest = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        WORKERS,
        "--dist",
        "loadscope",
        "--create-db",
    ]
    steps = [Step("python", "Python (pytest)", [*pytest, "--ignore=tests/browser"], pytest_counts)]
    if list((ROOT / "tests/browser").glob("test_*.py")):
        steps.append(
            Step("browser", "trình duyệt (pytest)", [*pytest, "tests/browser"], pytest_counts)
        )
    return steps


def run_step(step: Step, env: dict[str, str]) -> Result:
    """Run one step to its end and say how it went."""
    started = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    result = Result(step, done.returncode, time.monotonic() - started, done.stdout)
    mark = "✖" if result.status else "✔"
    print(f"{mark} {result.seconds:6.1f} s  {step.label}", flush=True)
    if result.status:
        print(result.output, flush=True)
    return result


def run_all(env: dict[str, str]) -> list[Result]:
    """The static steps in two lanes, then the tests, which use both processors themselves."""
    with ThreadPoolExecutor(max_workers=2) as lanes:
        results = list(lanes.map(lambda step: run_step(step, env), static_steps()))
    return results + [run_step(step, env) for step in pytest_steps()]


def summary(results: list[Result], seconds: float) -> str:
    """One plain line, like pytest's."""
    passed = sum(result.tally[0] for result in results)
    failed = sum(result.tally[1] for result in results)
    parts = [f"{failed} failed"] if failed else []
    return f"{', '.join([*parts, f'{passed} passed'])} in {seconds:.2f}s"


def test_environment(database: embedded.Addresses) -> dict[str, str]:
    """The owner's environment for tests: a key of its own, no colour codes in the output."""
    return environment.owners(
        database,
        DATABASE_AS_OWNER="1",
        DJANGO_SECRET_KEY="only-for-tests-" + "0" * 48,
        CHROMIUM=str(chromium()),
        NO_COLOR="1",
        PYTHONUNBUFFERED="1",
    )


def chromium() -> Path:
    """The browser as given, the system's, else the one that Playwright brought (Ubuntu)."""
    if system := os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return Path(system)
    brought = sorted((local_dir() / "browsers").glob("chromium-*/chrome-linux*/chrome"))
    return brought[-1] if brought else Path("/usr/bin/chromium")


def check(wanted: list[str]) -> int:
    """The static steps, or those named; 0 when nothing failed."""
    steps = static_steps()
    unknown = sorted(set(wanted) - {step.key for step in steps})
    if unknown:
        known = " ".join(step.key for step in steps)
        complain(f"Không có bước {', '.join(unknown)}. Các bước: {known}.")
        return 2
    chosen = [step for step in steps if not wanted or step.key in wanted]
    with embedded.database("postgis-test", durable=False) as database:
        env = test_environment(database)
        results = [run_step(step, env) for step in chosen]
    return 1 if any(result.status for result in results) else 0


def main(arguments: list[str]) -> int:
    """Everything, or with arguments only pytest with them; 0 when nothing failed."""
    started = time.monotonic()
    try:
        if arguments[:1] == ["--static"]:
            return check(arguments[1:])
        with embedded.database("postgis-test", durable=False) as database:
            env = test_environment(database)
            if arguments:
                return subprocess.run(
                    [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=env, check=False
                ).returncode
            results = run_all(env)
    except ClusterError as error:
        complain(str(error))
        return 1
    failed = [result.step.label for result in results if result.status]
    if failed:
        print(f"\nChưa đạt: {'; '.join(failed)}")
    print(summary(results, time.monotonic() - started))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
