"""The parent's side of reading: start the limited process, give rows, turn trouble into words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from infra.exchange.readers import find_delimiter, rows_of_text
from infra.files.limited import lines_of
from infra.files.unreadable import Unreadable

SECONDS_FOR_HEAD = 30
SECONDS_FOR_ALL = 180
HEAD_ROWS = 60


class UnreadableFile(Exception):
    """The file cannot be read; says what is wrong and what to do."""


@dataclass(frozen=True)
class Row:
    """One row with the number a person sees; cells are text, None or a formula mark."""

    number: int
    cells: list[Any]


@dataclass
class TableHead:
    """What the file is, and its first rows."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheets: list[str] = field(default_factory=list)
    sheet: str = ""
    rows: list[Row] = field(default_factory=list)


def read_head(path: Path, options: dict[str, Any] | None = None) -> TableHead:
    """The kind of file and its first rows. Raises UnreadableFile."""
    lines = _lines(path, {**(options or {}), "most": HEAD_ROWS}, SECONDS_FOR_HEAD)
    first = next(lines, None)
    if first is None:
        raise UnreadableFile(_sentence("broken", {}))
    head = TableHead(**{k: v for k, v in first.items() if v is not None})
    head.rows = [Row(line["n"], line["cells"]) for line in lines]
    if not head.rows:
        raise UnreadableFile(_sentence("empty", {}))
    return head


def read_rows(path: Path, options: dict[str, Any]) -> Iterator[Row]:
    """All rows of the file. Raises UnreadableFile, also in the middle."""
    lines = _lines(path, options, SECONDS_FOR_ALL)
    next(lines, None)
    for line in lines:
        yield Row(line["n"], line["cells"])


def read_text(text: str) -> list[Row]:
    """The rows of a table pasted into a form, read as a file of text is. Raises UnreadableFile.

    No process of its own: what came as a form's field is text already, and small.
    """
    try:
        lines = list(rows_of_text(text, find_delimiter(text)))
    except Unreadable as trouble:
        raise UnreadableFile(_sentence(trouble.code, trouble.params)) from trouble
    return [Row(line["n"], line["cells"]) for line in lines]


def _lines(path: Path, options: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
    try:
        yield from lines_of("infra.exchange.child", str(path), json.dumps(options), seconds=seconds)
    except Unreadable as trouble:
        raise UnreadableFile(_sentence(trouble.code, trouble.params)) from trouble


def _sentence(code: str, params: dict[str, Any]) -> str:
    not_a_table = _("This is not a table. Send CSV, XLSX, XLS or GeoJSON.")
    damaged = _("The workbook is damaged. Open it in Excel, save it again, send that.")
    sentences = {
        "empty": _("The file is empty. Choose a file that has rows."),
        "unknown": not_a_table,
        "kml_entities": not_a_table,
        "not_a_table": not_a_table,
        "wrong_encoding": _("The text cannot be read in this encoding. Choose another one."),
        "broken_csv": _("The CSV breaks at line %(line)s (an unclosed quote?). Mend it there."),
        "archive_damaged": damaged,
        "archive_leads_out": damaged,
        "broken_workbook": damaged,
        "not_a_workbook": _("This archive is not an Excel workbook. Send the .xlsx file itself."),
        "no_sheet": _("The workbook has no sheet with a table."),
        "zip_bomb": _(
            "The workbook would unpack to %(unpacked_mb)s MB and was not opened. "
            "Copy the table into a new workbook and send that."
        ),
        "broken_json": _("The GeoJSON breaks at line %(line)s. Export it again."),
        "not_a_collection": _("This JSON is not a GeoJSON FeatureCollection."),
        "too_many_rows": _("The table has more than %(limit)s rows. Split it."),
        "too_many_columns": _("The table has more than %(limit)s columns. Remove empty ones."),
        "too_much_memory": _("Reading the file took too much memory. Split it."),
        "too_slow": _("Reading the file took too long or too much memory. Split it."),
    }
    broken = _("The file is damaged and cannot be read (%(detail)s). Save it again and send that.")
    return sentences.get(code, broken) % {"detail": "?", **params}
