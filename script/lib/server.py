"""Run the whole application on this machine: database, web server, worker; Ctrl-C stops it all."""

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from script.lib import address, embedded, environment
from script.lib.children import Child, ChildError, Run, ended_sentence, stop_orphans
from script.lib.cluster import ClusterError
from script.lib.guard import DatabaseGuard
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain, say

READY_SECONDS = 90
LOOK_SECONDS = 0.5
WEB_WORKERS = "2"
WEB_THREADS = "4"


class AlreadyRunningError(Exception):
    """Another script/server serves this checkout."""


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of script/server."""
    parser = argparse.ArgumentParser(prog="script/server", description="Chạy Trạm & Tuyến.")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, help="cổng (mặc định 8000, bận thì cổng trống kế tiếp)")
    return parser.parse_args(arguments)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold this checkout's server lock; the system frees it even after kill -9.

    Raises AlreadyRunningError, saying where the other one answers.
    """
    path = local_dir() / "server.lock"
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            msg = f"Bản này đang chạy rồi: {lock.read().strip() or 'đang khởi động'}."
            raise AlreadyRunningError(msg) from None
        lock.truncate(0)
        yield
        lock.truncate(0)


def say_where(url: str) -> None:
    """Leave the address for whoever tries to start a second server."""
    (local_dir() / "server.lock").write_text(f"{url} (tiến trình {os.getpid()})", encoding="utf-8")


def children(host: str, port: int) -> list[Child]:
    """The web server and the worker."""
    shown = f"[{host}]" if ":" in host else host
    gunicorn = [sys.executable, "-m", "gunicorn", "infra.wsgi", "--bind", f"{shown}:{port}"]
    size = ["--workers", WEB_WORKERS, "--threads", WEB_THREADS, "--timeout", "120"]
    worker = environment.manage("work")
    return [
        Child("web", [*gunicorn, *size, "--no-control-socket"], "Máy chủ web"),
        Child("worker", worker, "Tiến trình chạy nền"),
    ]


def wait_until_ready(url: str, run: Run, guard: DatabaseGuard | None) -> dict[str, str]:
    """What /healthz tells once all is well. Raises ChildError when it does not become so."""
    until = time.monotonic() + READY_SECONDS
    answer = ""
    while time.monotonic() < until:
        if dead := run.first_death():
            raise ChildError(ended_sentence(dead))
        watch_database(run, guard)
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as told:  # noqa: S310  our own
                return dict(json.load(told))
        except urllib.error.HTTPError as error:
            answer = error.read().decode(errors="replace")
        except OSError as error:
            answer = str(error)
        time.sleep(0.2)
    msg = f"Ứng dụng không sẵn sàng sau {READY_SECONDS} giây; /healthz trả lời: {answer}"
    raise ChildError(msg)


def announce(url: str, seconds: float, health: dict[str, str]) -> None:
    """The address, who can sign in, and what is not set up."""
    accounts = local_dir() / "demo_accounts"
    say(f"\nTrạm & Tuyến đang chạy tại  {url}   (sau {seconds:.0f} giây)\n")
    if accounts.exists() and (table := accounts.read_text(encoding="utf-8").rstrip()):
        say(f"{table}\n")
    if health.get("mail") == "not configured":
        say("Chưa cài đặt máy chủ thư (EMAIL_HOST): hệ thống không gửi thư điện tử.")
    say(f"Nhật ký: {local_dir() / 'log'}. Nhấn Ctrl-C để dừng tất cả.")


def serve(options: argparse.Namespace, started: float) -> None:
    """Prepare, start, watch until somebody stops it."""
    host = options.host
    address.check_host(host, demo=os.environ.get("DEMO_MODE", "1").lower() in {"1", "true", "yes"})
    with only_one():
        stop_orphans()
        port = address.choose_port(host, options.port)
        if options.port is None and port != address.DEFAULT_PORT:
            say(f"• Cổng {address.DEFAULT_PORT} đang bận, dùng cổng {port}.")
        url = f"http://{host}:{port}"
        with embedded.database() as database:
            env = environment.application(database)
            env.setdefault("PUBLIC_URL", url)
            prepare = [sys.executable, "-m", "script.lib.prepare"]
            owners = environment.owners(database, PUBLIC_URL=env["PUBLIC_URL"])
            subprocess.run(prepare, cwd=ROOT, env=owners, check=True)
            supervise(Run(env, children(host, port)), guard(), url, started)


def guard() -> DatabaseGuard | None:
    """Who watches over the private PostgreSQL; nobody where another one is used."""
    given = os.environ.get("DATABASE_URL")
    return None if given else DatabaseGuard(embedded.cluster_named("postgis"))


def supervise(run: Run, guard: DatabaseGuard | None, url: str, started: float) -> None:
    """Keep database and processes running; always stop the processes at the end."""
    try:
        run.start()
        health = wait_until_ready(url, run, guard)
        say_where(url)
        announce(url, time.time() - started, health)
        while True:
            time.sleep(LOOK_SECONDS)
            watch(run, guard)
    finally:
        # A second Ctrl-C must not leave half of them running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        say("\n• Đang dừng …")
        run.stop()


def watch(run: Run, guard: DatabaseGuard | None) -> None:
    """One look at all that must run."""
    watch_database(run, guard)
    run.watch()


def watch_database(run: Run, guard: DatabaseGuard | None) -> None:
    """One look at the database; who knows only its old address is started anew."""
    address = guard.look() if guard else None
    if address and address != run.env["DATABASE_URL"]:
        run.move(DATABASE_URL=address)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Serve until stopped; 1 with a sentence when it cannot."""
    started = float(os.environ.get("STARTED_AT", time.time()))
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        serve(parse(arguments), started)
    except KeyboardInterrupt:
        say("• Đã dừng tất cả.")
        return 0
    except (ClusterError, ChildError, address.AddressError, AlreadyRunningError) as error:
        complain(str(error))
    except subprocess.CalledProcessError:
        complain(
            "Không chuẩn bị được cơ sở dữ liệu hoặc tệp giao diện (lỗi ở trên)."
            "\n  → Sửa rồi chạy lại script/server; các bước đã xong không làm lại."
        )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
