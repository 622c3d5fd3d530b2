"""Processes by what they are, not by their number alone: numbers are used again."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")


def process_ids() -> Iterator[int]:
    """Every process of this machine."""
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def working_folder(pid: int) -> Path | None:
    """The folder the process works in; None when it is gone or not ours to ask."""
    try:
        return (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return None


def program(pid: int) -> str:
    """The short name of the process's program; empty when it is gone."""
    try:
        return (PROC / str(pid) / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def marked_with(name: str, value: str) -> list[int]:
    """The processes that were started with this variable in their environment."""
    mark = f"{name}={value}".encode()
    return [pid for pid in process_ids() if mark in _environment(pid)]


def _environment(pid: int) -> list[bytes]:
    try:
        return (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    """Whether the process exists and is not a zombie."""
    try:
        state = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def stop(pids: Iterable[int], grace_seconds: float = 10) -> None:
    """Ask the processes to end, wait, and kill those that did not."""
    waiting = list(pids)
    _send(waiting, signal.SIGTERM)
    until = time.monotonic() + grace_seconds
    while (waiting := [pid for pid in waiting if is_alive(pid)]) and time.monotonic() < until:
        time.sleep(0.1)
    _send(waiting, signal.SIGKILL)


def _send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
