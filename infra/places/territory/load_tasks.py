"""The two background jobs of a load: the trial, and all or nothing."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import ImportState
from infra.models import LayerLoad
from infra.places.territory.constraints import EmptyDatasetError
from infra.places.territory.files import LayerFile, LayerFileError
from infra.places.territory.loads import (
    APPLY_JOB,
    CHECK_JOB,
    loads_forget,
    stands_as_tried,
    went_on,
)
from infra.places.territory.trial import report_on, write
from infra.places.territory.uploads import read_upload
from infra.work.history import because
from infra.work.jobs import JobContext, JobError, register_duty, register_job

DAY_SECONDS = 24 * 3600
CHECKABLE = frozenset({ImportState.CHECKING, ImportState.FAILED})
APPLICABLE = frozenset({ImportState.IMPORTING, ImportState.CHECKED})


def check(job: JobContext) -> dict[str, Any]:
    """Try the file and write the report; it changes nothing else."""
    with transaction.atomic():
        load = _locked(job)
        if not _is_awaited(load, job, CHECKABLE):
            return {}
        load.report = report_on(load, _rows(load))
        load.state = ImportState.FAILED if load.report["errors"] else ImportState.CHECKED
        load.save(update_fields=["report", "state"])
    return {"features": load.report["features"], "errors": load.report["errors"]}


def apply(job: JobContext) -> dict[str, Any]:
    """Write everything in one transaction; repeated after a crash it finds itself done."""
    with transaction.atomic():
        load = _locked(job)
        if not _is_awaited(load, job, APPLICABLE):
            return {}
        if not stands_as_tried(load):
            raise JobError(went_on())
        because(_("Load of the file %s") % load.file_name)
        try:
            load.dataset = write(load, _rows(load))
        except (LayerFileError, EmptyDatasetError) as error:
            raise JobError(str(error)) from error
        load.state, load.finished_at, load.message = ImportState.DONE, timezone.now(), ""
        load.save(update_fields=["dataset", "state", "finished_at", "message"])
    return {"features": load.report["features"]}


def stopped(payload: dict[str, Any], sentence: str) -> None:
    """The job failed or was cancelled: the load says so; a confirmed one can be confirmed again."""
    load = LayerLoad.objects.filter(uuid=str(payload.get("load"))).first()
    if load is None or load.state == ImportState.DONE:
        return
    was_tried = load.state == ImportState.IMPORTING
    load.state = ImportState.CHECKED if was_tried else ImportState.FAILED
    load.message = " ".join([sentence, _("Nothing was written.")])[:1000]
    load.save(update_fields=["state", "message"])


def register() -> None:
    """Make the jobs and the duty known to the workers."""
    register_job(CHECK_JOB, check, label=gettext_lazy("Checking a layer"), on_stopped=stopped)
    register_job(APPLY_JOB, apply, label=gettext_lazy("Loading a layer"), on_stopped=stopped)
    register_duty("forget layer loads", DAY_SECONDS, loads_forget)


def _locked(job: JobContext) -> LayerLoad:
    loads = LayerLoad.objects.select_related("created_by", "job").select_for_update(of=("self",))
    return loads.get(uuid=job.payload["load"])


def _is_awaited(load: LayerLoad, job: JobContext, states: frozenset[ImportState]) -> bool:
    return load.job is not None and load.job.uuid == job.uuid and load.state in states


def _rows(load: LayerLoad) -> LayerFile:
    try:
        return read_upload(load.sha256, meridian=load.meridian, layer=load.layer_name)
    except LayerFileError as error:
        raise JobError(str(error)) from error
