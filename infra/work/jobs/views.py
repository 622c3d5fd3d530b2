"""Background jobs as their owners see them: list, progress, stop, try again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from infra.ground.paging import one_page
from infra.models import Job
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of
from infra.work.jobs import services
from infra.work.jobs.registry import kind_label

PAGE_SIZE = 30
RELOAD = "reload"
STOP_POLLING = 286  # htmx's own code: swap, then poll no more


def _job(request: HttpRequest, uuid: UUID) -> Job:
    jobs = Job.objects.visible_to(person_of(request)).select_related("created_by")
    return get_object_or_404(jobs, uuid=uuid)


@sign_in_required
@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first; all for administrators."""
    jobs = Job.objects.visible_to(person_of(request)).select_related("created_by")
    page = one_page(jobs, request.GET.get("page"), PAGE_SIZE)
    rows = [(job, kind_label(job.kind)) for job in page.object_list]
    return render(request, "jobs/list.html", {"page": page, "rows": rows})


@sign_in_required
@require_GET
def job_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One job with its progress."""
    return render(request, "jobs/detail.html", _context(_job(request, uuid)))


@sign_in_required
@require_GET
def job_progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The progress part that htmx asks for every second until the job is over."""
    job = _job(request, uuid)
    # Each answer replaces the part that asks, so it must carry on what follows at the end.
    then = RELOAD if request.GET.get("then") == RELOAD else ""
    status = STOP_POLLING if job.is_over else 200
    context = _context(job) | {"then": then}
    response = render(request, "jobs/progress.html", context, status=status)
    if job.is_over and then:
        response["HX-Refresh"] = "true"
        response.status_code = 200
    return response


@sign_in_required
@require_POST
def job_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask a job to stop."""
    services.cancel(job_uuid=_job(request, uuid).uuid, actor=person_of(request))
    return redirect("jobs:detail", uuid=uuid)


@sign_in_required
@require_POST
def job_retry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Run a failed or cancelled job again."""
    services.retry(job_uuid=_job(request, uuid).uuid, actor=person_of(request))
    return redirect("jobs:detail", uuid=uuid)


def _context(job: Job) -> dict[str, object]:
    return {"job": job, "label": kind_label(job.kind)}
