"""The private PostgreSQL is killed under a running web server: noticed, said, brought back."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from script.lib import embedded, environment
from script.lib.address import choose_port
from script.lib.children import Child, Run
from script.lib.cluster import Cluster, ClusterError
from script.lib.embedded import Addresses
from script.lib.guard import DatabaseGuard
from script.lib.server import watch

Ask = Callable[[str], tuple[int, str]]


@pytest.fixture
def application(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Run, DatabaseGuard, Ask]]:
    """A web server on a database of its own, as script/server runs it."""
    monkeypatch.setenv("LOCAL_DIR", str(tmp_path))
    monkeypatch.setenv("DEMO_MODE", "0")
    port = choose_port("127.0.0.1", None)
    cluster.start()
    env = environment.application(Addresses(cluster.url(), cluster.url()))
    gunicorn = [sys.executable, "-m", "gunicorn", "infra.wsgi", "--bind", f"127.0.0.1:{port}"]
    run = Run(env, [Child("web", [*gunicorn, "--no-control-socket"], "Máy chủ web")])

    def ask(path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{port}{path}"
        request = urllib.request.Request(address, headers={"Accept": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as told:  # noqa: S310
                return told.status, told.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    run.start()
    yield run, DatabaseGuard(cluster), ask
    run.stop()


def _until(status: int, ask: Ask, path: str, look: Callable[[], None], seconds: float) -> None:
    until = time.monotonic() + seconds
    while (told := ask(path))[0] != status:
        assert time.monotonic() < until, told
        look()
        time.sleep(0.2)


def _kill(cluster: Cluster) -> None:
    postmaster = cluster.postmaster()
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)


def _stop_at_once(cluster: Cluster) -> None:
    program = str(cluster.programs() / "pg_ctl")
    command = [program, "stop", "-s", "-m", "immediate", "-D", str(cluster.data)]
    subprocess.run(command, check=True, cwd=cluster.home, **cluster.account.identity())


@pytest.mark.parametrize("end", [_stop_at_once, _kill])
def test_a_database_that_ends_is_back_within_seconds_and_the_console_says_so(
    cluster: Cluster,
    application: tuple[Run, DatabaseGuard, Ask],
    capsys: pytest.CaptureFixture[str],
    end: Callable[[Cluster], None],
) -> None:
    run, guard, ask = application
    _until(200, ask, "/healthz?parts=database", lambda: watch(run, guard), 30)
    end(cluster)
    _until(503, ask, "/tim/?q=cot", lambda: None, 20)
    told = json.loads(ask("/tim/?q=cot")[1])
    assert "Hiện không kết nối được cơ sở dữ liệu" in told["sentences"][0]
    _until(200, ask, "/healthz?parts=database", lambda: watch(run, guard), 20)
    said = capsys.readouterr().out
    assert "Cơ sở dữ liệu đã dừng đột ngột, khởi động lại sau 1 giây" in said
    assert "Cơ sở dữ liệu đã chạy lại" in said
    assert "Máy chủ web" not in said  # it found the database again by itself


def test_who_knows_only_the_old_address_is_started_anew(
    cluster: Cluster, application: tuple[Run, DatabaseGuard, Ask]
) -> None:
    run, guard, ask = application
    _until(200, ask, "/healthz?parts=database", lambda: watch(run, guard), 30)
    taken = cluster.socket_folder()
    _kill(cluster)
    time.sleep(0.5)
    for left in taken.iterdir():
        left.unlink()
    (taken / "somebody else's").touch()  # the folder cannot be had again
    try:
        _until(200, ask, "/healthz?parts=database", lambda: watch(run, guard), 30)
        assert cluster.socket_folder() != taken
    finally:
        (taken / "somebody else's").unlink()
        taken.rmdir()


def test_a_database_that_does_not_start_is_tried_again_and_the_reason_said(
    cluster: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.start()
    cluster.stop()

    def refuse(_cluster: Cluster) -> None:
        sentence = "Ổ đĩa đã đầy."
        raise ClusterError(sentence)

    guard = DatabaseGuard(cluster)
    with monkeypatch.context() as patched:
        patched.setattr(embedded, "start_again", refuse)
        guard.look()
        time.sleep(1.1)
        guard.look()
    said = capsys.readouterr().out
    assert "thử lại sau 2 giây. Ổ đĩa đã đầy." in said
    assert guard.look() is None  # not before its time
    time.sleep(2.1)
    assert guard.look() == cluster.url()
