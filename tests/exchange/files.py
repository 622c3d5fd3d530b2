"""Small files of the project's own, made in memory."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from infra.exchange.importer import importer_of
from infra.exchange.services import import_check, import_start
from infra.models import ImportRun, User
from infra.work.jobs.runner import execute

HEADER = ["Mã cột", "Tên cột", "Xã/Phường", "Vĩ độ", "Kinh độ", "Loại cột", "Chiều cao (m)"]
CAO_LANH = ["CL-1", "Cột chợ Cao Lãnh", "Phường Cao Lãnh", "10,4602", "105,6321", "A2b", "45"]


def csv_file(
    rows: Sequence[Sequence[object]], encoding: str = "utf-8", delimiter: str = ";"
) -> bytes:
    """The rows as delimited text."""
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def xlsx_file(rows: Sequence[Sequence[Any]]) -> bytes:
    """The rows as a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zip_bomb() -> bytes:
    """A workbook of a few hundred kilobytes that would unpack to 300 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return stream.getvalue()


def start(content: bytes, actor: User, name: str = "cot.csv") -> ImportRun:
    """Take a file in."""
    return import_start(kind="masts", upload=SimpleUploadedFile(name, content), actor=actor)


def checked(run: ImportRun, actor: User, **options: Any) -> ImportRun:
    """Check the run dry with the guessed mapping and these options."""
    guessed = {**run.options, **options}
    data = {f"o-{name}": value for name, value in guessed.items() if value not in (None, "", False)}
    form = importer_of("masts").options_form(data, {})
    assert form.is_valid(), form.errors
    import_check(uuid=run.uuid, actor=actor, mapping=run.mapping, options=form.as_options())
    return worked(run)


def worked(run: ImportRun) -> ImportRun:
    """Have the waiting job of the run done, here and now."""
    run = ImportRun.objects.get(pk=run.pk)
    assert run.job is not None
    execute(str(run.job.uuid))
    return ImportRun.objects.select_related("job").get(pk=run.pk)
