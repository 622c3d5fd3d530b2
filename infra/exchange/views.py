"""The pages of an import: send a file, match columns, read the report, confirm."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infra.exchange import services
from infra.exchange.columns import column_letter
from infra.exchange.importer import importer_of, importers_for
from infra.exchange.table import UnreadableFile
from infra.exchange.writers import csv_parts, download
from infra.ground.choices import ImportState, Role
from infra.ground.errors import TooLarge
from infra.ground.paging import one_page
from infra.models import ImportRun, User
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of

CHANGES_SHOWN = 50
ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 (BOM)"),
    ("utf-16", "UTF-16"),
    ("tcvn3", "TCVN3 (.VnTime)"),
    ("cp1258", "Windows-1258"),
    ("windows-1252", "Windows-1252"),
)
DELIMITERS = ((",", ","), (";", ";"), ("\t", "Tab"), ("|", "|"))
importing = role_required(Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR)


def _run(request: HttpRequest, uuid: UUID) -> ImportRun:
    runs = ImportRun.objects.visible_to(person_of(request)).select_related("job", "created_by")
    return get_object_or_404(runs, uuid=uuid)


@importing
@require_http_methods(["GET", "POST"])
def run_list(request: HttpRequest) -> HttpResponse:
    """One's own imports, and the form that sends a file."""
    person = person_of(request)
    importers = importers_for(person)
    error = ""
    if request.method == "POST":
        sent = _sent(request, person)
        if isinstance(sent, HttpResponse):
            return sent
        error = sent
    runs = ImportRun.objects.visible_to(person).select_related("created_by")
    page = one_page(runs, request.GET.get("page"))
    context = {
        "page": page,
        "importers": importers,
        "error": error,
        "limit_mb": settings.UPLOAD_LIMIT_MB,
        "kept_days": services.KEPT_DAYS,
    }
    return render(request, "exchange/list.html", context, status=422 if error else 200)


def _sent(request: HttpRequest, person: User) -> HttpResponse | str:
    """Take a file in: the next page, or the sentence that says why not."""
    kinds = {importer.key for importer in importers_for(person)}
    kind = request.POST.get("kind", "")
    if kind not in kinds:
        raise PermissionDenied
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return _("Choose a file first.")
    try:
        run = services.import_start(kind=kind, upload=upload, actor=person)
    except UnreadableFile as problem:
        return f"{upload.name}: {problem}"
    except TooLarge as problem:
        return str(problem)
    return redirect("exchange:run_detail", uuid=run.uuid)


@importing
@require_GET
def run_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the import stands: columns, progress, report or result."""
    run = _run(request, uuid)
    if run.state in {ImportState.MAPPING, ImportState.FAILED}:
        return render(request, "exchange/mapping.html", _mapping_context(run))
    if run.state in {ImportState.CHECKING, ImportState.IMPORTING}:
        context = {"run": run, "job": run.job, "label": run.get_state_display(), "then": "reload"}
        return render(request, "exchange/running.html", context)
    if run.state == ImportState.DONE:
        return render(request, "exchange/done.html", _done_context(run))
    return render(request, "exchange/report.html", _report_context(request, run))


def _mapping_context(
    run: ImportRun, form: Any = None, problems: list[str] | None = None
) -> dict[str, Any]:
    importer = importer_of(run.kind)
    columns = run.head["columns"]
    chosen = run.mapping
    order = list(dict.fromkeys(str(target.group) for target in importer.targets))
    targets = sorted(importer.targets, key=lambda target: order.index(str(target.group)))
    return {
        "run": run,
        "importer": importer,
        "columns": [(at, column_letter(at), name) for at, name in enumerate(columns)],
        "targets": [(target, chosen.get(target.key)) for target in targets],
        "form": form or importer.options_form(None, run.options),
        "problems": problems or [],
        "encodings": ENCODINGS,
        "delimiters": DELIMITERS,
    }


def _done_context(run: ImportRun) -> dict[str, Any]:
    importer = importer_of(run.kind)
    return {
        "run": run,
        "result_url": importer.result_url(run.file_name),
        "written": importer.wording.counts(run.report.get("written", {})),
        "wording": importer.wording,
    }


def _report_context(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    wording = importer_of(run.kind).wording
    issues = run.issues.all()
    groups = (
        issues.order_by()
        .values("code", "severity", "mend", "mend_sentence")
        .annotate(count=Count("pk"))
        .order_by("severity", "-count")
    )
    code = request.GET.get("code", "")
    shown = issues.filter(code=code) if code else issues
    return {
        "run": run,
        "wording": wording,
        "counts": wording.counts(run.report.get("counts", {})),
        "groups": groups,
        "code": code,
        "changes": [
            {**change, "outcome_label": wording.outcomes.get(change["outcome"], "")}
            for change in run.report.get("changes", [])[:CHANGES_SHOWN]
        ],
        "changes_shown": min(CHANGES_SHOWN, run.report.get("changes_total", 0)),
        "page": one_page(shown, request.GET.get("page")),
    }


@importing
@require_POST
def run_reread(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read the head again: another sheet, encoding, delimiter or header row."""
    run = _run(request, uuid)
    try:
        services.import_reread(run=run, wishes=_reading(request))
    except (UnreadableFile, services.NotNow) as problem:
        messages.error(request, str(problem))
    return redirect("exchange:run_detail", uuid=uuid)


def _reading(request: HttpRequest) -> dict[str, str]:
    wishes = {name: request.POST.get(name, "") for name in ("sheet", "encoding", "delimiter")}
    row = request.POST.get("header_row", "")
    return {**wishes, "header_row": row if row.isdigit() else "0"}


@importing
@require_POST
def run_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Remember the columns and check the file dry in the background."""
    run = _run(request, uuid)
    importer = importer_of(run.kind)
    mapping = _mapping(request, run)
    form = importer.options_form(request.POST, run.options)
    options = form.as_options() if form.is_valid() else {}
    problems = importer.mapping_problems(mapping, options) if form.is_valid() else []
    if not form.is_valid() or problems:
        run.mapping = mapping
        context = _mapping_context(run, form, problems)
        return render(request, "exchange/mapping.html", context, status=422)
    return _step(
        request,
        uuid,
        lambda: services.import_check(
            uuid=run.uuid, actor=person_of(request), mapping=mapping, options=options
        ),
    )


def _mapping(request: HttpRequest, run: ImportRun) -> dict[str, int]:
    width = len(run.head["columns"])
    chosen = {t.key: request.POST.get(f"m-{t.key}", "") for t in importer_of(run.kind).targets}
    return {key: int(at) for key, at in chosen.items() if at.isdigit() and int(at) < width}


@importing
@require_POST
def run_mend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Apply a mend to every row it was offered for."""
    run, mend = _run(request, uuid), request.POST.get("mend", "")
    return _step(
        request,
        uuid,
        lambda: services.import_accept_mend(uuid=run.uuid, actor=person_of(request), mend=mend),
    )


@importing
@require_POST
def run_confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write all rows, or none."""
    run = _run(request, uuid)
    return _step(
        request, uuid, lambda: services.import_confirm(uuid=run.uuid, actor=person_of(request))
    )


@importing
@require_POST
def run_remap(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Back to the columns."""
    run = _run(request, uuid)
    return _step(
        request, uuid, lambda: services.import_remap(uuid=run.uuid, actor=person_of(request))
    )


def _step(request: HttpRequest, uuid: UUID, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except services.NotNow as problem:
        messages.error(request, str(problem))
    return redirect("exchange:run_detail", uuid=uuid)


@importing
@require_GET
def run_issues_csv(request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
    """The report's rows, to mend the file by."""
    run = _run(request, uuid)
    header = [_("Row"), _("Column"), _("Value"), _("What is wrong"), _("Mend offered")]
    fields = ("row", "column", "value", "sentence", "mend_sentence")
    rows = run.issues.values_list(*fields).iterator()
    return download(csv_parts(header, rows), "loi-nhap.csv", "text/csv; charset=utf-8")
