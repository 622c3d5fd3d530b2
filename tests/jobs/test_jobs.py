"""Background work: progress, cancel, retry, and what is left behind when something goes wrong."""

import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from infra.ground.choices import JobState, Role
from infra.models import Job, User
from infra.work.jobs import JobContext, JobError, enqueue, register_job
from infra.work.jobs.registry import KINDS
from infra.work.jobs.runner import execute, run_next
from infra.work.jobs.services import cancel, retry
from infra.work.jobs.takeback import MAX_ATTEMPTS, take_back_dead_jobs
from tests.factories import make_user

pytestmark = pytest.mark.django_db
stopped: list[str] = []


def count_to_three(job: JobContext) -> dict[str, int]:
    for number in (1, 2, 3):
        job.progress(number, 3, f"{number}/3")
    return {"counted": 3}


def refuse(job: JobContext) -> None:
    msg = "Tệp không có cột tọa độ."
    raise JobError(msg)


def break_down(job: JobContext) -> None:
    raise RuntimeError


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    stopped.clear()
    with KINDS.temporarily():
        tell = stopped.append
        register_job("count", count_to_three, label="Đếm", on_stopped=lambda _p, s: tell(s))
        register_job("refuse", refuse, on_stopped=lambda _p, s: tell(s))
        register_job("break", break_down)
        yield


@pytest.fixture
def person() -> User:
    return make_user(Role.OFFICER)


def test_a_job_runs_once_and_shows_its_result(person: User) -> None:
    job = enqueue("count", {}, person)
    execute(str(job.uuid))
    execute(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.percent, job.result, job.attempts) == (
        JobState.DONE,
        100,
        {"counted": 3},
        1,
    )


def test_an_unknown_kind_is_refused_at_the_door(person: User) -> None:
    with pytest.raises(KeyError):
        enqueue("nothing", {}, person)
    assert not Job.objects.exists()


def test_a_refusal_is_a_sentence_and_its_owner_is_told(person: User) -> None:
    job = enqueue("refuse", {}, person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "Tệp không có cột tọa độ.")
    assert stopped == ["Tệp không có cột tọa độ."]


def test_a_crash_is_said_without_its_traceback(person: User) -> None:
    job = enqueue("break", {}, person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "RuntimeError" not in job.message
    assert job.message


def test_a_waiting_job_is_cancelled_at_once_and_can_be_tried_again(person: User) -> None:
    job = enqueue("count", {}, person)
    cancel(job_uuid=job.uuid, actor=person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    retry(job_uuid=job.uuid, actor=person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_running_job_stops_at_its_next_step(person: User) -> None:
    def cancel_itself(job: JobContext) -> None:
        cancel(job_uuid=job.uuid, actor=person)
        job.progress(1, 2)
        pytest.fail("went on after the cancel")

    register_job("long", cancel_itself)
    job = enqueue("long", {}, person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_nobody_touches_the_job_of_another(person: User) -> None:
    job = enqueue("count", {}, person)
    with pytest.raises(Job.DoesNotExist):
        cancel(job_uuid=job.uuid, actor=make_user(Role.OFFICER))
    assert list(Job.objects.visible_to(make_user(Role.ADMINISTRATOR))) == [job]
    execute(str(job.uuid))
    with pytest.raises(PermissionDenied):
        retry(job_uuid=job.uuid, actor=person)


def dead(job: Job, attempts: int) -> None:
    """As a killed worker leaves it: running, lock free."""
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=attempts)


def test_the_job_of_a_dead_worker_runs_again_from_the_beginning(person: User) -> None:
    job = enqueue("count", {}, person)
    dead(job, attempts=1)
    assert take_back_dead_jobs() == 1
    assert take_back_dead_jobs() == 0
    assert run_next()
    assert not run_next()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_after_too_many_deaths_it_says_that_it_gave_up(person: User) -> None:
    job = enqueue("count", {}, person)
    dead(job, attempts=MAX_ATTEMPTS)
    take_back_dead_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert str(MAX_ATTEMPTS) in job.message
    assert stopped == [job.message]


def test_an_attempt_that_was_taken_back_writes_no_end(person: User) -> None:
    """A worker cut off from the database comes back when another has its job."""

    def lose_it(job: JobContext) -> dict[str, int]:
        Job.objects.filter(uuid=job.uuid).update(attempts=2, message="Của lần chạy sau")
        return {"late": 1}

    register_job("cut off", lose_it)
    job = enqueue("cut off", {}, person)
    execute(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.message, job.result) == (JobState.RUNNING, "Của lần chạy sau", {})


def test_the_oldest_job_comes_first(person: User) -> None:
    jobs = [enqueue("count", {}, person) for _ in range(3)]
    run_next()
    assert [Job.objects.get(pk=job.pk).state for job in jobs] == ["done", "queued", "queued"]


@pytest.mark.parametrize("polls", [0, 1, 3])
def test_a_page_that_waits_goes_on_however_long_the_job_takes(person: User, polls: int) -> None:
    """Each answer says itself where to ask next: the page is what htmx makes of them."""
    job = enqueue("count", {}, person)
    browser = Client()
    browser.force_login(person)
    address = reverse("jobs:progress", args=[job.uuid]) + "?then=reload"
    for _poll in range(polls):
        answer = browser.get(address)
        assert "HX-Refresh" not in answer
        address = re.findall(r'hx-get="([^"]+)"', answer.text)[0]
    execute(str(job.uuid))
    answer = browser.get(address)
    assert (answer.status_code, answer["HX-Refresh"]) == (200, "true")


def test_what_follows_is_not_taken_from_the_address(person: User) -> None:
    job = enqueue("count", {}, person)
    browser = Client()
    browser.force_login(person)
    answer = browser.get(reverse("jobs:progress", args=[job.uuid]), {"then": "anything"})
    assert "anything" not in answer.text
