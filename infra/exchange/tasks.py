"""The two background jobs of an import: the dry check, and all or nothing."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.exchange.importer import ImportRefused, Outcome, importer_of
from infra.exchange.services import (
    APPLY_JOB,
    CHECK_JOB,
    imports_forget,
    is_data,
    reading_options,
    setup_of,
)
from infra.exchange.table import Row, UnreadableFile, read_rows
from infra.files.store import path_of
from infra.ground.choices import ImportState
from infra.models import ImportIssue, ImportRun
from infra.work.history import because
from infra.work.jobs import JobContext, JobError, register_duty, register_job

MOST_ISSUES = 20_000
MOST_CHANGES = 200
DAY_SECONDS = 24 * 3600
# After a job stopped the import waits for it still: `stopped` says where.
CHECKABLE = frozenset({ImportState.CHECKING, ImportState.FAILED})
APPLICABLE = frozenset({ImportState.IMPORTING, ImportState.CHECKED})


def check(job: JobContext) -> dict[str, Any]:
    """Try the file dry and write the report."""
    run = ImportRun.objects.select_related("created_by", "job").get(uuid=job.payload["run"])
    if not _is_awaited(run, job, CHECKABLE):
        return {}
    outcome = _tried(run, job)
    with transaction.atomic():
        _write_report(run, outcome)
    return {"counts": outcome.counts, "errors": outcome.errors}


def _is_awaited(run: ImportRun, job: JobContext, states: frozenset[ImportState]) -> bool:
    """Whether the import still waits for this very job: an old one tried again does nothing."""
    return run.job is not None and run.job.uuid == job.uuid and run.state in states


def _tried(run: ImportRun, job: JobContext) -> Outcome:
    try:
        return importer_of(run.kind).check(_rows(run), setup_of(run), job.progress)
    except UnreadableFile as error:
        raise JobError(str(error)) from error


def _rows(run: ImportRun) -> Iterator[Row]:
    rows = read_rows(path_of(run.sha256), reading_options(run))
    return (row for row in rows if is_data(run, row))


def _write_report(run: ImportRun, outcome: Outcome) -> None:
    run.issues.all().delete()
    ImportIssue.objects.bulk_create(
        (
            ImportIssue(
                run=run,
                row=issue.row,
                column=issue.column[:120],
                severity=issue.severity,
                code=issue.code,
                value=issue.value[:200],
                sentence=issue.sentence[:500],
                mend=issue.mend,
                mend_sentence=issue.mend_sentence[:300],
            )
            for issue in outcome.issues[:MOST_ISSUES]
        ),
        batch_size=2000,
    )
    run.report = {
        "counts": outcome.counts,
        "errors": outcome.errors,
        "issues": len(outcome.issues),
        "notes": outcome.notes,
        "changes": outcome.changes[:MOST_CHANGES],
        "changes_total": len(outcome.changes),
    }
    run.state = ImportState.CHECKED
    run.save()


def apply(job: JobContext) -> dict[str, Any]:
    """Write all rows in one transaction; repeated after a crash it finds itself done."""
    with transaction.atomic():
        run = (
            ImportRun.objects.select_related("created_by", "job")
            .select_for_update(of=("self",))
            .get(uuid=job.payload["run"])
        )
        if run.state == ImportState.DONE:
            return dict(run.report.get("written", {}))
        if not _is_awaited(run, job, APPLICABLE):
            return {}
        because(_("Import of the file %s") % run.file_name)
        try:
            written = importer_of(run.kind).apply(_rows(run), setup_of(run), job.progress)
        except (UnreadableFile, ImportRefused) as error:
            raise JobError(str(error)) from error
        run.state, run.finished_at = ImportState.DONE, timezone.now()
        run.report["written"] = written
        run.save()
    return written


def stopped(payload: dict[str, Any], sentence: str) -> None:
    """The job failed or was cancelled: the run goes back to where the person can go on."""
    run = ImportRun.objects.filter(uuid=str(payload.get("run"))).first()
    if run is None or run.state == ImportState.DONE:
        return
    was_checked = run.state == ImportState.IMPORTING
    run.state = ImportState.CHECKED if was_checked else ImportState.FAILED
    nothing = _("Nothing was written.")
    run.message = f"{sentence} {nothing}"[:300] if was_checked else sentence[:300]
    run.save()


def register() -> None:
    """Make the jobs and the duty known to the workers."""
    register_job(CHECK_JOB, check, label=gettext_lazy("Checking a file"), on_stopped=stopped)
    register_duty("forget imports", DAY_SECONDS, imports_forget)
    register_job(APPLY_JOB, apply, label=gettext_lazy("Importing a file"), on_stopped=stopped)
