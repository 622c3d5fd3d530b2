"""The server's long-running processes: started, watched, restarted, stopped together."""

import os
import secrets
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from script.lib import processes
from script.lib.paths import ROOT, local_dir
from script.lib.pause import Pause
from script.lib.speech import say

MARK = "TRAM_TUYEN_RUN"
GRACE_SECONDS = 20


class ChildError(Exception):
    """A process does not come up: which one, and where to read why."""


@dataclass
class Child:
    """One process that should always run, its words kept in a log of its own."""

    name: str
    command: list[str]
    label: str = ""
    process: subprocess.Popen[bytes] | None = None
    pause: Pause = field(default_factory=Pause)
    is_waiting: bool = False

    @property
    def log(self) -> Path:
        """Where its words are kept."""
        return local_dir() / "log" / f"{self.name}.log"

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


class Run:
    """One run of the server; its processes carry its mark, by which a later run finds orphans."""

    def __init__(self, env: dict[str, str], children: list[Child]) -> None:
        self.mark = secrets.token_hex(12)
        self.env = env | {MARK: self.mark}
        self._children = children

    def start(self) -> None:
        """Start every process."""
        run_file().write_text(self.mark, encoding="utf-8")
        for child in self._children:
            self._start(child)

    def watch(self) -> None:
        """Start again what ended, each after its own pause, so that no other waits for it."""
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            if not child.is_waiting:
                self._mourn(child, child.process)
            elif child.pause.is_over:
                self._start(child)
                say(f"• {child.label or child.name} đã được khởi động lại.")

    def move(self, **env: str) -> None:
        """Start every process anew with other settings."""
        self.env |= env
        processes.stop(self._leaders(), GRACE_SECONDS)
        for child in self._children:
            self._start(child)

    def first_death(self) -> Child | None:
        """A process that has ended, if any."""
        dead = (c for c in self._children if c.process is not None and c.process.poll() is not None)
        return next(dead, None)

    def stop(self) -> None:
        """End every process of this run."""
        processes.stop(self._leaders(), GRACE_SECONDS)
        for child in self._children:
            if child.process is not None:
                child.process.wait()
        processes.stop(processes.marked_with(MARK, self.mark), grace_seconds=2)
        run_file().unlink(missing_ok=True)

    def _leaders(self) -> list[int]:
        return [c.process.pid for c in self._children if c.process and c.process.poll() is None]

    def _mourn(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        # What it forked may hold its port: they share its session, and end with it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        child.is_waiting = True
        seconds = child.pause.begin()
        say(
            f"• {child.label or child.name} đã dừng đột ngột (mã {process.returncode}), "
            f"khởi động lại sau {seconds} giây. Lý do ở cuối tệp {child.log}"
        )

    def _start(self, child: Child) -> None:
        child.log.parent.mkdir(exist_ok=True)
        with child.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches only the one who stops them in order.
            child.process = subprocess.Popen(
                child.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
            )
        child.is_waiting = False


def run_file() -> Path:
    """Where the mark of the present run is kept."""
    return local_dir() / "server.run"


def stop_orphans() -> None:
    """After kill -9: end what the run before left behind."""
    if not run_file().exists():
        return
    mark = run_file().read_text(encoding="utf-8").strip()
    orphans = (
        [pid for pid in processes.marked_with(MARK, mark) if pid != os.getpid()] if mark else []
    )
    if orphans:
        say(f"• Lần chạy trước bị ngắt, dừng {len(orphans)} tiến trình còn sót …")
        processes.stop(orphans)
    run_file().unlink()


def ended_sentence(child: Child) -> str:
    """What ended, its last words, and where the rest is."""
    return f"{child.name} không chạy được. Cuối tệp {child.log}:\n{child.last_words()}"
