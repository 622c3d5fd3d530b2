"""The server's processes: restarted when they end, stopped together, found again after a kill."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from script.lib import processes
from script.lib.children import MARK, Child, ChildError, Run, run_file, stop_orphans

FORKS = [sys.executable, "-c", "import os, time; os.fork(); time.sleep(60)"]
FAILS = [sys.executable, "-c", "raise SystemExit('no such table')"]
ENVIRONMENT = {"PATH": os.defpath}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_DIR", str(tmp_path))


@pytest.fixture
def sleeper() -> Iterator[tuple[Run, Child]]:
    child = Child("sleeper", FORKS)
    run = Run(ENVIRONMENT, [child])
    run.start()
    yield run, child
    run.stop()


def _eventually(count: int, run: Run) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        alive = [pid for pid in processes.marked_with(MARK, run.mark) if processes.is_alive(pid)]
        if len(alive) == count:
            return True
        time.sleep(0.05)
    return False


def test_stopping_ends_children_and_grandchildren(sleeper: tuple[Run, Child]) -> None:
    run, _child = sleeper
    assert _eventually(2, run)
    run.stop()
    assert _eventually(0, run)
    assert not run_file().exists()


def test_after_a_kill_the_next_start_ends_what_was_left(sleeper: tuple[Run, Child]) -> None:
    run, child = sleeper
    assert _eventually(2, run)
    assert child.process is not None
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    stop_orphans()
    assert _eventually(0, run)


def test_a_process_that_ended_is_started_again(sleeper: tuple[Run, Child]) -> None:
    run, child = sleeper
    assert child.process is not None
    first = child.process
    first.kill()
    first.wait()
    run.watch()
    assert child.process is not first
    assert child.process.poll() is None


def test_a_process_that_always_fails_is_given_up_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    run = Run(ENVIRONMENT, [child := Child("worker", FAILS)])
    run.start()
    with pytest.raises(ChildError, match="no such table"):
        _watch_for_ever(run, child)
    run.stop()


def _watch_for_ever(run: Run, child: Child) -> None:
    while child.process is not None:
        child.process.wait()
        run.watch()
