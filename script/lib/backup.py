"""Copy everything that cannot be made again (database, files, keys) aside, and put it back."""

import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from script.lib import embedded, environment
from script.lib.cluster import ClusterError, postgis_versions
from script.lib.paths import ROOT, local_dir
from script.lib.speech import complain, say

DUMP = "database.dump"
FILES = "files"
SECRET = "secret_key"  # noqa: S105  a file's name
MANIFEST = "manifest.json"
IS_EMPTY = "SELECT count(*) FROM pg_tables WHERE tablename = 'django_migrations'"
HAS_CHAIN = "SELECT to_regclass('infra_chainlink') IS NOT NULL"
HEAD = "SELECT seq || ':' || hash FROM infra_chainlink ORDER BY seq DESC LIMIT 1"
LINK = "SELECT seq || ':' || hash FROM infra_chainlink WHERE seq = {}"


class BackupError(Exception):
    """Nothing was copied or put back: why, and what to do."""


def program(name: str) -> str:
    """The newest of PostgreSQL's programs here: it reads every older server."""
    here = postgis_versions()
    return str(here[max(here)] / name) if here else name


def address(url: str) -> str:
    """DATABASE_URL as PostgreSQL's own programs take it."""
    return "postgresql:" + url.partition(":")[2]


def back_up(url: str, target: Path) -> Path:
    """Write a new folder, readable by its owner only. Raises BackupError when pg_dump fails."""
    folder = target / f"{datetime.datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    unfinished.mkdir(parents=True, mode=0o700)
    chain_head = _head(url)  # noted first: the dump holds it and perhaps more
    dump = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    _run([*dump, f"--file={unfinished / DUMP}", address(url)])
    manifest = {"dump_sha256": _sha256(unfinished / DUMP), "chain_head": chain_head}
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    if (local_dir() / FILES).is_dir():
        shutil.copytree(local_dir() / FILES, unfinished / FILES)
    if (local_dir() / SECRET).exists():
        shutil.copy2(local_dir() / SECRET, unfinished / SECRET)
    return unfinished.rename(folder)


def restore(url: str, folder: Path) -> None:
    """Put a backup into an empty database and an empty folder of files.

    Raises BackupError when there is something already: nothing is overwritten; and when the dump
    or its chain of seals is not the one of the manifest.
    """
    if not (folder / DUMP).exists():
        msg = f"{folder} không phải một bản sao lưu (thiếu {DUMP})."
        raise BackupError(msg)
    manifest = read_manifest(folder)
    if manifest and manifest["dump_sha256"] != _sha256(folder / DUMP):
        msg = (
            f"{folder / DUMP} không còn là tệp lúc sao lưu (mã băm khác {MANIFEST}): tệp hỏng hoặc"
            " đã bị thay. Chưa khôi phục gì.\n  → Dùng một bản sao lưu khác."
        )
        raise BackupError(msg)
    if _ask(url, IS_EMPTY) != "0":
        msg = (
            "Cơ sở dữ liệu đích đã có dữ liệu; không ghi đè.\n"
            "  → Dừng script/server, đổi tên thư mục dữ liệu cũ (.local) hoặc chọn một DATABASE_URL"
            " trống, rồi chạy lại."
        )
        raise BackupError(msg)
    put_back = [program("pg_restore"), "--no-owner", "--no-privileges", "--no-comments"]
    strictly = ["--exit-on-error", "--single-transaction"]
    _run([*put_back, *strictly, f"--dbname={address(url)}", str(folder / DUMP)])
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, local_dir() / FILES, dirs_exist_ok=True)
    if (folder / SECRET).exists():
        shutil.copy2(folder / SECRET, local_dir() / SECRET)
    noted = manifest.get("chain_head")
    if noted and _ask(url, LINK.format(int(noted.partition(":")[0]))) != noted:
        msg = (
            f"Đã khôi phục, nhưng chuỗi niêm phong không còn đầu chuỗi {noted} ghi trong"
            f" {MANIFEST}: dữ liệu trong bản sao lưu đã bị thay.\n"
            "  → Đừng dùng bản này; so với một bản sao lưu khác."
        )
        raise BackupError(msg)


def read_manifest(folder: Path) -> dict[str, str]:
    """What the backup says of itself; nothing for one made before there were manifests."""
    path = folder / MANIFEST
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def verify(database: embedded.Addresses, folder: Path) -> None:
    """Read the whole chain of what was put back. Raises BackupError when a record was changed."""
    env = environment.owners(database)
    # The dump carries no rights: the owner gives them anew.
    subprocess.run(
        environment.manage("migrate", "--no-input", "-v0"), cwd=ROOT, env=env, check=True
    )
    noted = read_manifest(folder).get("chain_head")
    command = environment.manage("verify_chain", *(["--head", noted] if noted else []))
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        msg = "Đã khôi phục, nhưng có bản ghi không còn như lúc được niêm phong (xem ở trên)."
        raise BackupError(msg)


def _head(url: str) -> str | None:
    return (_ask(url, HEAD) or None) if _ask(url, HAS_CHAIN) == "t" else None


def _ask(url: str, sql: str) -> str:
    return _run([program("psql"), "-XAtc", sql, address(url)]).strip()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"{Path(command[0]).name} không làm được:\n{done.stderr.strip()}"
        raise BackupError(msg)
    return done.stdout


def main(arguments: list[str]) -> int:
    """`back-up <folder>` or `restore <backup>`; 1 with a sentence when it did not work."""
    os.umask(0o077)
    try:
        with embedded.database() as database:
            if arguments[0] == "restore":
                restore(database.owner, Path(arguments[1]))
                verify(database, Path(arguments[1]))
                say("• Đã khôi phục. Chạy script/server để dùng.")
            else:
                say(f"• Đã sao lưu vào {back_up(database.owner, Path(arguments[1]))}")
    except (BackupError, ClusterError, subprocess.CalledProcessError) as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
