"""Copy everything that cannot be made again (database, files, keys) aside, and put it back."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

from script.lib import embedded
from script.lib.cluster import ClusterError, postgis_versions
from script.lib.paths import local_dir
from script.lib.speech import complain, say

DUMP = "database.dump"
FILES = "files"
SECRET = "secret_key"  # noqa: S105  a file's name
IS_EMPTY = "SELECT count(*) FROM pg_tables WHERE tablename = 'django_migrations'"


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
    dump = [program("pg_dump"), "--format=custom", "--no-owner", "--no-comments"]
    _run([*dump, f"--file={unfinished / DUMP}", address(url)])
    if (local_dir() / FILES).is_dir():
        shutil.copytree(local_dir() / FILES, unfinished / FILES)
    if (local_dir() / SECRET).exists():
        shutil.copy2(local_dir() / SECRET, unfinished / SECRET)
    return unfinished.rename(folder)


def restore(url: str, folder: Path) -> None:
    """Put a backup into an empty database and an empty folder of files.

    Raises BackupError when there is something already: nothing is overwritten.
    """
    if not (folder / DUMP).exists():
        msg = f"{folder} không phải một bản sao lưu (thiếu {DUMP})."
        raise BackupError(msg)
    if _run([program("psql"), "-XAtc", IS_EMPTY, address(url)]).strip() != "0":
        msg = (
            "Cơ sở dữ liệu đích đã có dữ liệu; không ghi đè.\n"
            "  → Dừng script/server, đổi tên thư mục dữ liệu cũ (.local) hoặc chọn một DATABASE_URL"
            " trống, rồi chạy lại."
        )
        raise BackupError(msg)
    put_back = [program("pg_restore"), "--no-owner", "--no-comments", "--exit-on-error"]
    _run([*put_back, "--single-transaction", f"--dbname={address(url)}", str(folder / DUMP)])
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, local_dir() / FILES, dirs_exist_ok=True)
    if (folder / SECRET).exists():
        shutil.copy2(folder / SECRET, local_dir() / SECRET)


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
        with embedded.database() as url:
            if arguments[0] == "restore":
                restore(url, Path(arguments[1]))
                say("• Đã khôi phục. Chạy script/server để dùng.")
            else:
                say(f"• Đã sao lưu vào {back_up(url, Path(arguments[1]))}")
    except (BackupError, ClusterError) as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
