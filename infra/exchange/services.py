"""An import's way: take the file in, match columns, check dry, accept mends, confirm."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.exchange import columns
from infra.exchange.importer import Importer, Setup, importer_of
from infra.exchange.table import Row, TableHead, read_head
from infra.files import store
from infra.files.intake import check_size
from infra.ground.choices import ImportState
from infra.models import ColumnMemory, ImportRun, User
from infra.work.jobs import enqueue

CHECK_JOB = "exchange.check"
APPLY_JOB = "exchange.apply"
EDITABLE = frozenset({ImportState.MAPPING, ImportState.CHECKED, ImportState.FAILED})


# An import nobody confirmed is kept as long as somebody may still mend its file.
KEPT_DAYS = 30


class NotNow(Exception):
    """The import does not stand where this step can be made."""


def import_start(*, kind: str, upload: UploadedFile[bytes], actor: User) -> ImportRun:
    """Keep the file and guess its columns.

    Raises TooLarge or UnreadableFile; then nothing is recorded and no byte stays.
    """
    importer, name = importer_of(kind), (upload.name or "?")[-200:]
    check_size(upload)
    with store.incoming(upload.chunks()) as sent:
        head = read_head(sent.path, {"name": name})
        sent.keep()
    run = ImportRun(kind=kind, file_name=name, sha256=sent.sha256, size=sent.size, created_by=actor)
    describe(run, head, importer)
    run.save()
    return run


def describe(run: ImportRun, head: TableHead, importer: Importer, header_row: int = 0) -> None:
    """Fill the run with what the head of the file says, and the remembered or guessed mapping."""
    header_row = header_row or columns.find_header(head.rows, importer.targets)
    header = next((row for row in head.rows if row.number == header_row), head.rows[0])
    names = columns.column_names(header)
    sample = [[_shown(cell) for cell in r.cells] for r in head.rows if r.number > header.number]
    run.head = {
        "kind": head.kind,
        "encoding": head.encoding,
        "delimiter": head.delimiter,
        "sheets": head.sheets,
        "sheet": head.sheet,
        "header_row": header.number,
        "columns": names,
        "sample": sample[:5],
    }
    remembered = _memory(run, names)
    run.mapping = (
        remembered.mapping if remembered else columns.guess_mapping(names, importer.targets)
    )
    guessed = importer.guess_options({**run.head, "sha256": run.sha256}, run.mapping)
    run.options = {**guessed, **(remembered.options if remembered else {})}


def _shown(cell: Any) -> str:
    return "" if cell is None else "ƒ" if isinstance(cell, dict) else str(cell)[:60]


def _memory(run: ImportRun, names: list[str]) -> ColumnMemory | None:
    return ColumnMemory.objects.filter(
        kind=run.kind,
        organisation_id=run.created_by.organisation_id or 0,
        columns_sha256=columns.columns_sha256(names),
    ).first()


def import_reread(*, run: ImportRun, wishes: Mapping[str, Any]) -> ImportRun:
    """Read the head again with another sheet, encoding, delimiter or header row."""
    _only(run, EDITABLE)
    reading = {k: wishes[k] for k in ("sheet", "encoding", "delimiter") if wishes.get(k)}
    head = read_head(store.path_of(run.sha256), {**reading, "name": run.file_name})
    describe(run, head, importer_of(run.kind), int(wishes.get("header_row") or 0))
    run.head["reading"] = reading
    run.state = ImportState.MAPPING
    run.save()
    return run


@transaction.atomic
def import_check(
    *, uuid: UUID, actor: User, mapping: Mapping[str, int], options: Mapping[str, Any]
) -> ImportRun:
    """Remember the mapping and have the file checked dry in the background. Raises NotNow."""
    run = _locked(uuid, actor, EDITABLE)
    run.mapping, run.options = dict(mapping), {**options, "mends": []}
    ColumnMemory.objects.update_or_create(
        kind=run.kind,
        organisation_id=actor.organisation_id or 0,
        columns_sha256=columns.columns_sha256(run.head["columns"]),
        defaults={"mapping": run.mapping, "options": memorable(options)},
    )
    return _send(run, ImportState.CHECKING, CHECK_JOB, actor)


def memorable(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options worth remembering: what holds for this file alone is left out."""
    own = {"mends", "code_prefix", "operator", "allow_outside"}
    return {k: v for k, v in options.items() if v and k not in own}


@transaction.atomic
def import_accept_mend(*, uuid: UUID, actor: User, mend: str) -> ImportRun:
    """Apply a mend to every row that it was offered for, and check again. Raises NotNow."""
    run = _locked(uuid, actor, frozenset({ImportState.CHECKED}))
    if not run.issues.filter(mend=mend).exists():
        raise NotNow(_("This mend is not offered any more. Look at the new report."))
    run.options["mends"] = sorted({*run.options.get("mends", []), mend})
    return _send(run, ImportState.CHECKING, CHECK_JOB, actor)


@transaction.atomic
def import_remap(*, uuid: UUID, actor: User) -> ImportRun:
    """Back to the columns, keeping what was chosen. Raises NotNow."""
    run = _locked(uuid, actor, EDITABLE)
    run.state = ImportState.MAPPING
    run.save(update_fields=["state"])
    return run


@transaction.atomic
def import_confirm(*, uuid: UUID, actor: User) -> ImportRun:
    """Write all rows, or none, in the background. Raises NotNow while errors are left."""
    run = _locked(uuid, actor, frozenset({ImportState.CHECKED}))
    if run.report.get("errors"):
        raise NotNow(_("There are errors left. Mend them, or correct the file and send it again."))
    return _send(run, ImportState.IMPORTING, APPLY_JOB, actor)


@transaction.atomic
def imports_forget() -> None:
    """Remove the imports that nobody confirmed in time; the sweep of the store takes their bytes.

    What was imported stays, with its file: it tells where the masts came from.
    """
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    late = ImportRun.objects.filter(state__in=EDITABLE, created_at__lt=before)
    ImportRun.objects.filter(
        pk__in=list(late.select_for_update().values_list("pk", flat=True))
    ).delete()


def _send(run: ImportRun, state: ImportState, job_kind: str, actor: User) -> ImportRun:
    run.state, run.message = state, ""
    run.job = enqueue(job_kind, {"run": str(run.uuid)}, actor)
    run.save()
    return run


def _locked(uuid: UUID, actor: User, states: frozenset[ImportState]) -> ImportRun:
    run = ImportRun.objects.visible_to(actor).select_for_update().get(uuid=uuid)
    _only(run, states)
    return run


def _only(run: ImportRun, states: frozenset[ImportState]) -> None:
    if run.state not in states:
        raise NotNow(
            _("This import is now: %(state)s. This step is not possible.")
            % {"state": run.get_state_display()}
        )


def setup_of(run: ImportRun) -> Setup:
    """The run as its importer wants it."""
    return Setup(
        mapping=run.mapping,
        columns=run.head["columns"],
        options=run.options,
        mends=frozenset(run.options.get("mends", [])),
        actor=run.created_by,
        file_name=run.file_name,
        file_sha256=run.sha256,
    )


def reading_options(run: ImportRun) -> dict[str, Any]:
    """How the reader is to open the file."""
    chosen = {key: run.head.get(key, "") for key in ("sheet", "encoding", "delimiter")}
    return {**chosen, "name": run.file_name}


def is_data(run: ImportRun, row: Row) -> bool:
    """Whether the row stands below the headers."""
    return row.number > int(run.head["header_row"])
