"""Workers beside each other: no job twice, duties on time, and none of them lost."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from infra.ground.choices import JobState
from infra.models import DutyRun, Job
from infra.work.jobs import JobContext, enqueue, register_duty, register_job
from infra.work.jobs.duties import DutyThread, overdue_duties, run_due_duties
from infra.work.jobs.registry import DUTIES, KINDS
from infra.work.jobs.runner import run_next
from infra.work.jobs.takeback import take_back_dead_jobs

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 20


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    with KINDS.temporarily(only=True), DUTIES.temporarily(only=True):
        yield


@pytest.fixture
def beside() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something in a thread with a connection of its own; it is joined at the end."""
    threads = []

    def begin(what: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                what()
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        threads.append(thread)
        thread.start()
        return thread

    yield begin
    for thread in threads:
        thread.join(timeout=PATIENCE_S)
        assert not thread.is_alive()


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


Beside = Callable[[Callable[[], object]], threading.Thread]


def test_four_workers_run_twenty_jobs_once_each(beside: Beside) -> None:
    ran: list[str] = []
    register_job("note", lambda job: ran.append(str(job.uuid)))
    jobs = {str(enqueue("note", {}, None).uuid) for _ in range(20)}
    for _ in range(4):
        beside(lambda: [None for _ in iter(run_next, False)])
    wait_for(lambda: len(ran) >= 20 and not Job.objects.exclude(state=JobState.DONE).exists())
    assert sorted(ran) == sorted(jobs)
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_duties_are_done_on_time_while_a_long_job_runs(beside: Beside) -> None:
    go_on = threading.Event()
    turns: list[float] = []
    register_job("long", lambda _job: {"went_on": go_on.wait(PATIENCE_S)})
    register_duty("tick", 0.05, lambda: turns.append(time.monotonic()))
    enqueue("long", {}, None)
    beside(run_next)
    wait_for(lambda: Job.objects.filter(state=JobState.RUNNING).exists())
    keeper = DutyThread(interval=0.02)
    keeper.start()
    try:
        wait_for(lambda: len(turns) >= 3)
        assert Job.objects.get().state == JobState.RUNNING
        assert take_back_dead_jobs() == 0, "a job whose worker lives is nobody else's"
    finally:
        go_on.set()
        keeper.end()
    wait_for(lambda: Job.objects.get().state == JobState.DONE)


def test_two_workers_do_a_duty_once_per_period_together(beside: Beside) -> None:
    turns: list[int] = []
    register_duty("sweep", 3600, lambda: turns.append(1))
    threads = [beside(run_due_duties) for _ in range(4)]
    for thread in threads:
        thread.join()
    assert turns == [1]
    assert run_due_duties() == []
    DutyRun.objects.update(began_at=timezone.now() - timedelta(seconds=3601))
    assert run_due_duties() == ["sweep"]


def test_a_duty_that_fails_is_told_and_the_next_one_is_done() -> None:
    done: list[str] = []

    def fail() -> None:
        msg = "no room"
        raise OSError(msg)

    register_duty("a", 3600, fail)
    register_duty("b", 3600, lambda: done.append("b"))
    run_due_duties()
    assert done == ["b"]
    assert DutyRun.objects.get(name="a").error == "OSError: no room"
    assert overdue_duties() == ["a"]


def test_a_duty_that_stays_away_is_told() -> None:
    register_duty("b", 60, lambda: None)
    assert overdue_duties() == []
    run_due_duties()
    assert overdue_duties() == []
    DutyRun.objects.update(began_at=timezone.now() - timedelta(seconds=181))
    assert overdue_duties() == ["b"]


@pytest.mark.owner
def test_a_job_dies_with_its_connection_and_is_taken_back(beside: Beside) -> None:
    """The lock belongs to the session: when PostgreSQL ends that, the job is free."""
    register_job("cut", _cut_own_connection)
    job = enqueue("cut", {}, None)
    with pytest.raises(Exception, match=r"terminat|closed"):
        run_next()
    connection.close()
    assert Job.objects.get().state == JobState.RUNNING
    assert take_back_dead_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)


def _cut_own_connection(job: JobContext) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
