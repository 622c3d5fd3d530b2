"""The clusters of this checkout, each kept running as long as somebody uses it."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from script.lib.account import account_for
from script.lib.cluster import Cluster, ClusterError
from script.lib.paths import ROOT, local_dir

# For a checkout that PostgreSQL's own account cannot enter (one under /root).
SYSTEM_HOME = Path("/var/lib/tram-tuyen")


def cluster_named(name: str, *, durable: bool = True) -> Cluster:
    """The cluster of this checkout with this name: `postgis`, `postgis-test`, `postgis-bench`.

    Raises ClusterError when PostgreSQL's account does not exist.
    """
    home = local_dir() / name
    try:
        account = account_for(home)
    except KeyError as error:
        msg = "Không có tài khoản hệ thống postgres. Chạy script/bootstrap để cài PostgreSQL."
        raise ClusterError(msg) from error
    if not account.may_enter(home.parent):
        checkout = hashlib.sha256(os.fsencode(local_dir())).hexdigest()[:12]
        home = SYSTEM_HOME / f"{ROOT.name}-{checkout}" / name
        account = account_for(home)
    return Cluster(home, account, durable)


@contextmanager
def running(cluster: Cluster) -> Iterator[str]:
    """The cluster's DATABASE_URL; it is started for the first user and stopped after the last."""
    cluster.home.parent.mkdir(parents=True, exist_ok=True)
    with _lock(cluster, "gate") as gate, _lock(cluster, "users") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster.start()
        fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield cluster.url()
        finally:
            fcntl.flock(gate, fcntl.LOCK_EX)
            if _is_last(users):
                cluster.stop()


def start_again(cluster: Cluster) -> None:
    """For a user of it, after it ended by itself. Raises ClusterError when it does not start."""
    with _lock(cluster, "gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        cluster.start()


def _lock(cluster: Cluster, kind: str) -> IO[str]:
    return (cluster.home.parent / f".{cluster.home.name}.{kind}").open("a", encoding="utf-8")


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def database(name: str = "postgis", *, durable: bool = True) -> Iterator[str]:
    """DATABASE_URL as given, else of this checkout's own cluster while it is used."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running(cluster_named(name, durable=durable)) as url:
        yield url
