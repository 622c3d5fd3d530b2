"""A backup holds database, files and keys; a restore overwrites nothing."""

import json
import stat
import subprocess
from pathlib import Path

import pytest

from script.lib.backup import (
    DUMP,
    MANIFEST,
    BackupError,
    address,
    back_up,
    program,
    read_manifest,
    restore,
)

FILL = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE django_migrations AS SELECT 'Trạm' AS name;
CREATE TABLE places AS SELECT ST_SetSRID(ST_MakePoint(105.63, 10.46), 4326) AS point;
CREATE TABLE infra_chainlink AS SELECT 7 AS seq, repeat('ab', 32) AS hash;
INSERT INTO spatial_ref_sys (srid, proj4text) VALUES (990001, '+proj=longlat');
"""
EMPTY = """
DROP TABLE django_migrations, places, infra_chainlink;
DELETE FROM spatial_ref_sys WHERE srid = 990001;
"""


def _sql(url: str, text: str) -> str:
    command = [program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text, address(url)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "local"
    (folder / "files/ab").mkdir(parents=True)
    (folder / "files/ab/photo").write_bytes(b"photo")
    (folder / "secret_key").write_text("key", encoding="utf-8")
    monkeypatch.setenv("LOCAL_DIR", str(folder))
    return folder


def test_what_was_backed_up_comes_back(
    url: str, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sql(url, FILL)
    backup = back_up(url, tmp_path / "backups")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700

    with pytest.raises(BackupError, match="không ghi đè"):
        restore(url, backup)

    _sql(url, EMPTY)
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("LOCAL_DIR", str(elsewhere))
    restore(url, backup)
    assert _sql(url, "SELECT name FROM django_migrations") == "Trạm"
    assert _sql(url, "SELECT ST_X(point) FROM places") == "105.63"
    assert _sql(url, "SELECT count(*) FROM spatial_ref_sys WHERE srid = 990001") == "1"
    assert (elsewhere / "files/ab/photo").read_bytes() == b"photo"
    assert (elsewhere / "secret_key").read_text(encoding="utf-8") == "key"


def test_a_backup_carries_the_head_of_the_chain_and_a_restore_asks_for_it(
    url: str, local: Path, tmp_path: Path
) -> None:
    backup = _backed_up_and_emptied(url, tmp_path)
    assert read_manifest(backup)["chain_head"] == f"7:{'ab' * 32}"
    other = read_manifest(backup) | {"chain_head": f"7:{'cd' * 32}"}
    (backup / MANIFEST).write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(BackupError, match="không còn đầu chuỗi 7:cdcd"):
        restore(url, backup)
    _sql(url, EMPTY)


def test_a_dump_that_was_changed_is_not_put_back(url: str, local: Path, tmp_path: Path) -> None:
    backup = _backed_up_and_emptied(url, tmp_path)
    with (backup / DUMP).open("ab") as dump:
        dump.write(b"x")
    with pytest.raises(BackupError, match="không còn là tệp lúc sao lưu"):
        restore(url, backup)
    assert _sql(url, "SELECT to_regclass('django_migrations') IS NULL") == "t"


def _backed_up_and_emptied(url: str, tmp_path: Path) -> Path:
    _sql(url, f"{EMPTY.replace('DROP TABLE', 'DROP TABLE IF EXISTS')} {FILL}")
    backup = back_up(url, tmp_path / "backups")
    _sql(url, EMPTY)
    return backup


def test_a_folder_that_is_no_backup_is_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="không phải một bản sao lưu"):
        restore(url, tmp_path)
