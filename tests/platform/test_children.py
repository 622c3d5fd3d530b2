"""The server's processes: restarted when they end, stopped together, found again after a kill."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from script.lib import processes
from script.lib.children import MARK, Child, Run, ended_sentence, run_file, stop_orphans
from script.lib.pause import Pause

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


def test_a_process_that_ended_is_started_again_and_said(
    sleeper: tuple[Run, Child], capsys: pytest.CaptureFixture[str]
) -> None:
    run, child = sleeper
    assert _eventually(2, run)
    assert child.process is not None
    first = child.process
    first.kill()
    first.wait()
    run.watch()
    assert _eventually(0, run)  # what it had forked would hold its port
    assert "sleeper đã dừng đột ngột (mã -9), khởi động lại sau 1 giây" in capsys.readouterr().out
    time.sleep(1.1)
    run.watch()
    assert child.process is not first
    assert child.process.poll() is None
    assert "sleeper đã được khởi động lại" in capsys.readouterr().out


def test_a_process_that_always_fails_is_tried_ever_more_rarely_and_hinders_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now, real = [1000.0], time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    run = Run(ENVIRONMENT, [child := Child("worker", FAILS), other := Child("web", FORKS)])
    run.start()
    for _ in range(40):
        assert child.process is not None
        child.process.wait()
        run.watch()
        now[0] += 2
    monkeypatch.setattr(time, "monotonic", real)
    assert other.process is not None
    assert other.process.poll() is None
    run.stop()
    said = [int(word) for word in re.findall(r"sau (\d+) giây", capsys.readouterr().out)]
    assert said[:6] == [1, 2, 4, 8, 16, 30]
    assert max(said) == 30
    assert "no such table" in ended_sentence(child)


def test_a_pause_is_forgotten_after_a_quiet_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    pause = Pause()
    assert [pause.begin(), pause.begin()] == [1, 2]
    now[0] += 65
    assert pause.begin() == 1
