"""Bytes are there whole or not at all, and none stay that no row names."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from infra.exchange.table import UnreadableFile
from infra.files import store, sweep
from infra.files.services import attach, detach
from infra.files.sweep import GRACE_SECONDS, Swept
from infra.ground.choices import DossierState, ImportState
from infra.ground.errors import Refused, TooLarge
from infra.models import Dossier, ImportRun
from infra.models.fields import StoredHash
from infra.work.jobs.registry import duties
from tests.cast import Cast
from tests.exchange.files import csv_file, start
from tests.files import papers
from tests.files.photos import photo
from tests.workflow.casework import dossier_of_a, upload

pytestmark = pytest.mark.django_db
PAPER = papers.plain()


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return dossier_of_a(cast, state=DossierState.DRAFT)


def files() -> set[str]:
    """What lies in the store, by its path in it."""
    folder = store.root()
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def grow_old(seconds: float = GRACE_SECONDS + 60) -> None:
    """Let time pass for all that lies in the store."""
    for name in files():
        path = store.root() / name
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def test_papers_imports_and_drawn_documents_lie_in_one_store(dossier: Dossier, cast: Cast) -> None:
    table = csv_file([["Mã cột", "Tên cột"], ["A", "B"]])
    row = attach(dossier, upload(table, "bang.csv"), cast.operator)
    run = start(table, cast.officer)
    assert row.sha256 == run.sha256
    assert files() == {str(store.place_of(run.sha256).relative_to(store.root()))}


def test_a_full_disk_leaves_nothing_behind(
    dossier: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    assert files() == set()


KILLED = """
import sys, time
from pathlib import Path
import django
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from infra.files import store
def chunks():
    yield b"half of it"
    print("written", flush=True)
    time.sleep(60)
store.put(chunks())
"""


def test_a_writer_killed_half_way_leaves_nothing_that_has_a_name(settings: Settings) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(settings.MEDIA_ROOT)],
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
    )
    assert child.stdout
    assert child.stdout.readline() == b"written\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    left = files()
    assert len(left) == 1
    assert all(name.startswith("incoming/") for name in left)
    assert sweep.sweep() == Swept()
    grow_old()
    assert sweep.sweep() == Swept(left_overs=1)
    assert files() == set()


def test_many_write_the_same_bytes_at_once(settings: Settings) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.put([b"one ", b"text"])[0]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert store.read_bytes(found[0]) == b"one text"
    assert len(files()) == 1


def test_torn_bytes_are_mended_by_the_next_that_sends_them(dossier: Dossier, cast: Cast) -> None:
    row = attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    store.place_of(row.sha256).write_bytes(PAPER[:10])
    attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    assert store.read_bytes(row.sha256) == PAPER


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 ...", b"PK\x03\x04 cut off", b"\x7fELF\x02\x01"]
)
def test_a_refused_import_leaves_nothing(cast: Cast, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        start(content, cast.officer)
    assert files() == set()
    assert not ImportRun.objects.exists()


def test_one_limit_stands_for_papers_and_imports(
    dossier: Dossier, cast: Cast, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    content = csv_file([["Mã cột", "Tên cột"], *[["A", "B" * 100]] * 11_000])
    for send in (
        lambda: attach(dossier, upload(content, "bang.csv"), cast.operator),
        lambda: start(content, cast.officer),
    ):
        with pytest.raises(TooLarge, match="1 MB"):
            send()
    assert files() == set()


def test_a_refused_paper_leaves_nothing(dossier: Dossier, cast: Cast) -> None:
    with pytest.raises(Refused):
        attach(dossier, upload(papers.active(papers.launches), "a.pdf"), cast.operator)
    assert files() == set()


def test_what_no_row_names_goes_after_two_graces(dossier: Dossier, cast: Cast) -> None:
    kept = attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    gone = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    assert len(files()) == 3
    detach(gone)
    assert sweep.sweep() == Swept()
    grow_old()
    assert sweep.sweep() == Swept(laid_aside=1)
    assert sweep.sweep() == Swept()
    grow_old()
    assert sweep.sweep() == Swept(deleted=1)
    assert files() == {str(store.place_of(kept.sha256).relative_to(store.root()))}


def test_bytes_that_two_rows_name_stay_for_the_second(dossier: Dossier, cast: Cast) -> None:
    first = attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    second = attach(dossier, upload(PAPER, "b.pdf"), cast.operator)
    detach(first)
    grow_old()
    assert sweep.sweep() == Swept()
    assert store.read_bytes(second.sha256) == PAPER


def test_a_file_sent_while_the_sweep_looks_is_not_lost(
    dossier: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    detach(attach(dossier, upload(PAPER, "a.pdf"), cast.operator))
    grow_old()
    lay_aside, sent = sweep.lay_aside, []

    def after_somebody_sent_it(path: Path) -> bool:
        sent.append(attach(dossier, upload(PAPER, "b.pdf"), cast.operator))
        return lay_aside(path)

    monkeypatch.setattr(sweep, "lay_aside", after_somebody_sent_it)
    assert sweep.sweep() == Swept(laid_aside=1, put_back=1)
    assert store.read_bytes(sent[0].sha256) == PAPER
    assert files() == {str(store.place_of(sent[0].sha256).relative_to(store.root()))}


def test_a_file_whose_row_comes_late_is_read_where_it_lies_and_put_back(
    dossier: Dossier, cast: Cast
) -> None:
    sha256, _size = store.put([PAPER])
    grow_old()
    assert sweep.sweep() == Swept(laid_aside=1)
    attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    store.place_of(sha256).unlink()
    assert store.read_bytes(sha256) == PAPER
    assert sweep.sweep() == Swept(put_back=1)
    assert store.place_of(sha256).exists()


def test_a_file_sent_just_before_the_last_step_is_not_lost(
    dossier: Dossier, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put([PAPER])
    grow_old()
    sweep.sweep()
    grow_old()
    delete, sent = sweep.delete, []

    def after_somebody_sent_it(path: Path) -> bool:
        sent.append(attach(dossier, upload(PAPER, "b.pdf"), cast.operator))
        return delete(path)

    monkeypatch.setattr(sweep, "delete", after_somebody_sent_it)
    assert sweep.sweep() == Swept(deleted=1)
    assert store.read_bytes(sent[0].sha256) == PAPER


@pytest.mark.django_db(transaction=True)
def test_sweeps_and_uploads_side_by_side_lose_no_named_byte(dossier: Dossier, cast: Cast) -> None:
    ended = time.monotonic() + 3
    wrong: list[BaseException] = []

    def sweeping() -> Iterator[None]:
        while time.monotonic() < ended:
            for path in [store.root() / name for name in files() if not name.startswith("inc")]:
                if path.name not in sweep.named([path.name]):
                    sweep.lay_aside(path)
            for path in (store.root() / "unnamed").glob("*"):
                if path.name in sweep.named([path.name]):
                    sweep.put_back(path)
            yield

    def uploading() -> None:
        try:
            while time.monotonic() < ended:
                row = attach(dossier, upload(b"a,b\n1,2\n", "a.csv"), cast.operator)
                assert store.read_bytes(row.sha256) == b"a,b\n1,2\n"
                detach(row)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=uploading)
    thread.start()
    rounds = sum(1 for _ in sweeping())
    thread.join()
    assert not wrong
    assert rounds > 10


@pytest.mark.parametrize(
    ("state", "stays"),
    [
        (ImportState.MAPPING, False),
        (ImportState.CHECKED, False),
        (ImportState.FAILED, False),
        (ImportState.IMPORTING, True),
        (ImportState.DONE, True),
    ],
)
def test_an_import_nobody_confirmed_goes_with_its_bytes(
    cast: Cast, state: ImportState, stays: bool
) -> None:
    forget = next(duty for duty in duties() if duty.name == "forget imports")
    run = start(csv_file([["Mã cột", "Tên cột"], ["A", "B"]]), cast.officer)
    ImportRun.objects.update(state=state)
    forget.run()
    assert ImportRun.objects.exists()
    ImportRun.objects.update(created_at=timezone.now() - timedelta(days=31))
    forget.run()
    assert ImportRun.objects.filter(pk=run.pk).exists() == stays
    for _time in range(2):
        grow_old()
        sweep.sweep()
    assert bool(files()) == stays


def test_every_column_that_names_bytes_is_known_to_the_sweep(dossier: Dossier, cast: Cast) -> None:
    row = attach(dossier, upload(PAPER, "a.pdf"), cast.operator)
    run = start(csv_file([["Mã cột", "Tên cột"], ["A", "B"]]), cast.officer)
    assert sweep.named([row.sha256, run.sha256, "0" * 64]) == {row.sha256, run.sha256}
    assert StoredHash().deconstruct()[1] == "django.db.models.CharField"


def test_the_workers_sweep(cast: Cast) -> None:
    duty = next(duty for duty in duties() if duty.name == "sweep the store")
    store.put([b"nobody's"])
    grow_old()
    duty.run()
    assert [name.split("/")[0] for name in files()] == ["unnamed"]
