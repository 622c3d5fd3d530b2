"""The one task of django-tasks: run a job by its UUID."""

from django_tasks import task

from infra.work.jobs.runner import execute


@task()
def run_job(job_uuid: str) -> None:
    """Run one job in the worker that claimed it."""
    execute(job_uuid)
