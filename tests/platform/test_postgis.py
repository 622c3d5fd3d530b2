"""The private PostGIS: nobody else reaches it, a kill harms nothing, other data is left alone."""

import os
import signal
import stat
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest

from script.lib import cluster as module
from script.lib import processes
from script.lib.account import Account
from script.lib.cluster import (
    APPLICATION,
    OWNER,
    PASSWORD_FILES,
    SOCKET_LIMIT,
    SOCKET_NAME,
    Cluster,
    ClusterError,
)
from script.lib.embedded import running


def _connect(url: str, **other: str) -> "psycopg2.extensions.connection":
    parts = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return psycopg2.connect(dbname="tram_tuyen", **parts | other)


def _ask(url: str, sql: str) -> str:
    connection = _connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def test_it_is_a_postgis_in_utf8_for_a_role_without_power(url: str) -> None:
    assert _ask(url, "SELECT postgis_lib_version()") >= "3"
    assert _ask(url, "SHOW server_encoding") == "UTF8"
    assert _ask(url, "SELECT lower('ĐỒNG THÁP')") == "đồng tháp"
    assert _ask(url, "SELECT usesuper FROM pg_user WHERE usename = current_user") == "False"


def test_the_application_has_a_role_of_its_own_that_owns_nothing(
    cluster: Cluster, url: str
) -> None:
    ours = cluster.url(APPLICATION)
    assert _ask(ours, "SELECT current_user") == APPLICATION != OWNER
    assert _ask(ours, "SELECT pg_has_role('tram_tuyen', 'MEMBER')") == "False"
    assert _ask(ours, "SELECT has_schema_privilege('public', 'CREATE')") == "False"
    assert _ask(url, "SELECT has_schema_privilege('public', 'CREATE')") == "True"


def test_the_role_may_write_coordinate_systems_of_our_own(url: str) -> None:
    assert _ask(url, "SELECT has_table_privilege('spatial_ref_sys', 'insert')") == "True"


def test_it_listens_on_no_port(cluster: Cluster, url: str) -> None:
    assert _ask(url, "SHOW listen_addresses") == ""
    inodes = {str(link.readlink()) for link in Path(f"/proc/{cluster.postmaster()}/fd").iterdir()}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        rows = (
            Path(table).read_text(encoding="utf-8").splitlines()[1:] if Path(table).exists() else []
        )
        assert not inodes & {f"socket:[{row.split()[9]}]" for row in rows}


def test_its_socket_is_private_and_its_path_short(cluster: Cluster, url: str) -> None:
    folder = cluster.socket_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == cluster.account.uid
    assert len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_LIMIT
    assert stat.S_ISSOCK((folder / SOCKET_NAME).stat().st_mode)


def test_data_and_password_are_private(cluster: Cluster, url: str) -> None:
    assert stat.S_IMODE(cluster.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.home / "password").stat().st_mode) == 0o600


def test_a_wrong_password_is_refused_even_on_the_socket(url: str) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        _connect(url, password="guessed")


def test_another_account_cannot_become_the_superuser(url: str) -> None:
    if os.geteuid() != 0:
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            _connect(url, password="guessed")
        return
    with pytest.raises(psycopg2.OperationalError, match="Peer authentication failed"):
        _connect(url, user="postgres", password="")


def test_after_kill_nine_the_next_start_recovers(cluster: Cluster, url: str) -> None:
    _change(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    killed = cluster.postmaster()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    cluster.start()
    assert cluster.postmaster() not in {None, killed}
    assert _ask(cluster.url(), "SELECT answer FROM kept") == "42"


def test_a_stale_pid_file_that_names_another_process_does_not_hinder(
    cluster: Cluster, url: str
) -> None:
    cluster.stop()
    stale = f"{os.getpid()}\n{cluster.data}\n"
    (cluster.data / "postmaster.pid").write_text(stale, encoding="utf-8")
    assert cluster.postmaster() is None
    cluster.start()
    assert _ask(cluster.url(), "SELECT 1") == "1"


def test_a_lost_password_is_made_anew(cluster: Cluster, url: str) -> None:
    for role, name in PASSWORD_FILES.items():
        (cluster.home / name).unlink()
        cluster.start()
        assert _ask(cluster.url(role), "SELECT 1") == "1"


def test_no_socket_folder_is_left_behind(cluster: Cluster, url: str) -> None:
    folders = [cluster.socket_folder()]
    killed = cluster.postmaster()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    cluster.start()
    folders.append(cluster.socket_folder())
    cluster.stop()
    assert [folder for folder in folders if folder.exists()] == []


def test_it_runs_until_the_last_user_leaves(cluster: Cluster) -> None:
    with running(cluster):
        with running(cluster) as url:
            assert _ask(url, "SELECT 1") == "1"
        assert cluster.postmaster() is not None
    assert cluster.postmaster() is None


def test_data_of_another_major_is_explained_and_kept(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n", encoding="utf-8")
    with pytest.raises(ClusterError) as refusal:
        Cluster(tmp_path, Account.of(os.geteuid())).start()
    assert "PostgreSQL 9" in str(refusal.value)
    assert "Không có gì bị xóa" in str(refusal.value)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_machine_without_postgis_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "INSTALLATIONS", tmp_path)
    with pytest.raises(ClusterError, match="script/bootstrap"):
        Cluster(tmp_path / "home", Account.of(os.geteuid())).programs()


def test_processes_are_found_by_their_mark_and_stopped() -> None:
    # It echoes: the kernel shows a program's environment a moment after the program has begun.
    marked = subprocess.Popen(
        ["cat"],
        env={"PATH": os.defpath, "TT_TEST_MARK": "here"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    assert marked.stdin is not None
    assert marked.stdout is not None
    marked.stdin.write(b"ready\n")
    assert marked.stdout.readline() == b"ready\n"
    try:
        assert marked.pid in processes.marked_with("TT_TEST_MARK", "here")
        assert processes.marked_with("TT_TEST_MARK", "elsewhere") == []
        processes.stop([marked.pid], grace_seconds=5)
        assert marked.wait(timeout=5) == -signal.SIGTERM
    finally:
        marked.kill()


def _change(url: str, sql: str) -> None:
    connection = _connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()
