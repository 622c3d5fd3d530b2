"""The clusters of this checkout, each kept running as long as somebody uses it."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from script.lib.account import account_for
from script.lib.cluster import APPLICATION, Cluster, ClusterError
from script.lib.paths import ROOT, local_dir

# For a checkout that PostgreSQL's own account cannot enter (one under /root).
SYSTEM_HOME = Path("/var/lib/tram-tuyen")


@dataclass(frozen=True)
class Addresses:
    """One database as its two roles reach it; the same where an office has but one."""

    application: str
    owner: str


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
    """The owner's address; the cluster starts for its first user and stops after its last."""
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
def database(name: str = "postgis", *, durable: bool = True) -> Iterator[Addresses]:
    """DATABASE_URL and MIGRATE_DATABASE_URL as given, else of this checkout's own cluster."""
    if given := os.environ.get("DATABASE_URL"):
        yield Addresses(given, os.environ.get("MIGRATE_DATABASE_URL") or given)
        return
    cluster = cluster_named(name, durable=durable)
    with running(cluster) as url:
        yield Addresses(cluster.url(APPLICATION), url)
