"""A worker killed in the middle of an import: the restart finishes it, and nothing is doubled."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from infra.exchange.services import import_check, import_confirm
from infra.ground.choices import ImportState, JobState, Role
from infra.models import ImportRun, Job
from sites.models import Mast
from tests.exchange.files import csv_file, start
from tests.factories import make_user
from tests.seals.application import environment

MastEvent: Any = apps.get_model("sites", "MastEvent")

ROWS = 6000
PATIENCE_S = 180


@pytest.fixture
def work(own_media: None, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`work()` starts a real worker on the test's database; what is left is ended."""
    own = environment(LOCAL_DIR=str(tmp_path))
    # The worker finds imported files below LOCAL_DIR/files, the test below its own media folder.
    (tmp_path / "files").symlink_to(settings.MEDIA_ROOT)
    started: list[subprocess.Popen[bytes]] = []

    def starter(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "work", "--interval", "0.2", *options]
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=own))
        return started[-1]

    yield starter
    for process in started:
        process.kill()
        process.wait()


def wait_for(what: Callable[[], object]) -> None:
    """Until it is true; fails after PATIENCE_S."""
    end = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_import_is_taken_over_and_nothing_is_doubled(
    work: Callable[..., subprocess.Popen[bytes]],
) -> None:
    officer = make_user(Role.OFFICER)
    rows = [[f"K-{n}", 10.4 + n / 1e5, 105.6 + n / 1e5] for n in range(ROWS)]
    run = start(csv_file([["Mã cột", "Vĩ độ", "Kinh độ"], *rows]), officer)
    options = {**run.options, "code_prefix": ""}
    import_check(uuid=run.uuid, actor=officer, mapping=run.mapping, options=options)
    first = work()
    wait_for(lambda: ImportRun.objects.get(pk=run.pk).state == ImportState.CHECKED)
    import_confirm(uuid=run.uuid, actor=officer)
    wait_for(lambda: is_writing(run))
    first.send_signal(signal.SIGKILL)
    first.wait()
    job = job_of(run)
    assert job.state == JobState.RUNNING
    assert not Mast.objects.exists()
    work()
    wait_for(lambda: ImportRun.objects.get(pk=run.pk).state == ImportState.DONE)
    wait_for(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)
    job.refresh_from_db()
    assert job.attempts == 2
    assert Mast.objects.count() == ROWS
    assert MastEvent.objects.count() == ROWS


def job_of(run: ImportRun) -> Job:
    """The run's latest job as it stands."""
    job = ImportRun.objects.select_related("job").get(pk=run.pk).job
    assert job is not None
    return job


def is_writing(run: ImportRun) -> bool:
    """Whether the worker's transaction has begun to write: its progress says so."""
    job = job_of(run)
    assert job.state != JobState.DONE, "too quick to be killed in the middle"
    return job.state == JobState.RUNNING and 0 < job.done < job.total
