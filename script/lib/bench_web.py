"""The application as an office runs it, and browsers that ask it over real sockets."""

import gzip
import http.client
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from script.lib import processes, server
from script.lib.bench import BenchError
from script.lib.paths import ROOT, local_dir

HOST = "127.0.0.1"
READY_SECONDS = 90
GRACE_SECONDS = 10
FORM = "application/x-www-form-urlencoded"
OK = 200
ONLY_OURS = {"TRAM_TUYEN_BENCH", "LOG_LEVEL"}


@dataclass(frozen=True)
class Web:
    """A running web server: where it listens, the process that started its workers."""

    port: int
    pid: int

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return [pid for pid in processes.process_ids() if _parent(pid) == self.pid]


@dataclass(frozen=True)
class Answer:
    """What came back: the body as it was sent, compressed or not."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as it is read; brotli is left as it is, for nobody reads it here."""
        body = gzip.decompress(self.body) if self._encoding == "gzip" else self.body
        return body.decode(errors="replace")

    @property
    def _encoding(self) -> str:
        return self.headers.get("content-encoding", "")


class Browser:
    """One person's browser: one connection that stays open, the session's cookie, compression."""

    def __init__(self, web: Web, session: str = "", encodings: str = "br, gzip") -> None:
        self._connection = http.client.HTTPConnection(HOST, web.port, timeout=900)
        token = secrets.token_hex(16)
        cookies = {"csrftoken": token} | ({"sessionid": session} if session else {})
        self._headers = {
            "Accept-Encoding": encodings,
            "Accept-Language": "vi",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        self._token = {"X-CSRFToken": token}

    def get(
        self, path: str, *, expected: int = OK, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask and read the whole answer. Raises BenchError when it is not the one expected."""
        return self._ask("GET", path, None, headers or {}, expected)

    def post(self, path: str, form: Mapping[str, str], *, expected: int = OK) -> Answer:
        """Send a form and read the whole answer."""
        headers = self._token | {"Content-Type": FORM}
        return self._ask("POST", path, urlencode(form), headers, expected)

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str], expected: int
    ) -> Answer:
        given = self._headers | dict(headers)
        try:
            answer = self._exchange(method, path, body, given)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server ends what was idle for some seconds; a browser then connects again.
            self._connection.close()
            answer = self._exchange(method, path, body, given)
        if answer.status != expected:
            msg = f"{method} {path}: {answer.status}, không phải {expected}."
            raise BenchError(msg)
        return answer

    def _exchange(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> Answer:
        self._connection.request(method, path, body, headers)
        told = self._connection.getresponse()
        named = {name.lower(): value for name, value in told.getheaders()}
        return Answer(told.status, named, told.read())


@contextmanager
def serving(env: Mapping[str, str]) -> Iterator[Web]:
    """gunicorn with its settings, workers and threads as script/server starts it."""
    port = _free_port()
    child = next(child for child in server.children(HOST, port) if child.name == "web")
    log = local_dir() / "log" / "bench-web.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as words:
        process = subprocess.Popen(
            child.command,
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    try:
        _wait(port, process, log)
        yield Web(port, process.pid)
    finally:
        processes.stop([process.pid], GRACE_SECONDS)
        process.wait()


def private_mb(pid: int) -> float:
    """Memory of a process in MB, what it shares counted in shares (PSS)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=30).close()
        except urllib.error.HTTPError:
            return  # it answers: no worker runs here, so it is not well
        except OSError:
            time.sleep(0.2)
        else:
            return
    msg = f"Máy chủ web không chạy; xem {log}."
    raise BenchError(msg)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def _parent(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])


def environment_of_web() -> dict[str, str]:
    """Our own environment without what only the bench is told."""
    return {name: value for name, value in os.environ.items() if name not in ONLY_OURS}
