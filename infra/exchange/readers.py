"""Readers of CSV, XLSX, XLS and GeoJSON: rows of text, one after another. Pure: no Django."""

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from infra.exchange.encoding import decode
from infra.files.sniff import DELIMITERS
from infra.files.unreadable import refuse
from infra.ground.two_readings import unmistakable

Line = dict[str, Any]
MAX_COLUMNS = 300
MAX_ROWS = 200_000
MAX_CELL = 10_000


def read_csv(path: Path, options: dict[str, Any]) -> Iterator[Line]:
    """Rows of a delimited text; encoding and delimiter are found unless given."""
    try:
        text, encoding = decode(path.read_bytes(), options.get("encoding", ""))
    except (UnicodeDecodeError, LookupError):
        refuse("wrong_encoding")
    delimiter = options.get("delimiter") or find_delimiter(text)
    yield {"kind": "csv", "encoding": encoding, "delimiter": delimiter, "sheets": []}
    yield from rows_of_text(text, delimiter)


def rows_of_text(text: str, delimiter: str) -> Iterator[Line]:
    """Rows of a delimited text, from a file or pasted into a form."""
    csv.field_size_limit(1_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _numbered([cell.strip() or None for cell in row] for row in rows)
    except csv.Error:
        refuse("broken_csv", line=rows.line_num)


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first lines into the same number of columns most often.

    The comma comes last where another splits every line: between digits it is a decimal sign.
    """
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    best, best_score = ",", (False, 0, 0)
    for candidate in DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=candidate)]
        wide = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w), default=1)
        splits_all = candidate != "," and min(widths, default=1) > 1
        score = (splits_all, widths.count(wide), wide) if wide > 1 else (False, 0, 0)
        if score > best_score:
            best, best_score = candidate, score
    return best


def read_xlsx(path: Path, options: dict[str, Any]) -> Iterator[Line]:
    """Rows of one sheet of a workbook."""
    import openpyxl  # noqa: PLC0415 - only when a workbook comes

    try:
        has_formulas = holds_formulas(path)
        # From a stream: openpyxl refuses a path whose name does not end in .xlsx.
        file = io.BytesIO(path.read_bytes())
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, zipfile.BadZipFile):
        refuse("broken_workbook")
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        refuse("no_sheet")
    chosen = options.get("sheet") if options.get("sheet") in names else names[0]
    yield {"kind": "xlsx", "encoding": "", "delimiter": "", "sheets": names, "sheet": chosen}
    values = book[chosen].iter_rows(values_only=True)
    if not has_formulas:
        yield from _numbered([as_text(cell) for cell in row] for row in values)
        return
    written = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    formulas = written[chosen].iter_rows(values_only=True)
    yield from _numbered(
        _with_formulas(*pair) for pair in zip_longest(values, formulas, fillvalue=())
    )


def _with_formulas(values: Iterable[Any], formulas: Iterable[Any]) -> list[Any]:
    """A formula gives its saved result; one that was never computed is marked, not dropped."""
    cells = []
    for value, written in zip_longest(values, formulas):
        is_formula = isinstance(written, str) and written.startswith("=")
        cells.append({"formula": True} if is_formula and value is None else as_text(value))
    return cells


def holds_formulas(path: Path) -> bool:
    """Whether any sheet holds a formula: only then is the workbook read twice."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        sheets = [n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return any(_holds_formula(archive, name) for name in sheets)


def _holds_formula(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as file:
        while block := file.read(1_000_000):
            if b"<f>" in tail + block or b"<f " in tail + block:
                return True
            tail = block[-4:]
    return False


def read_xls(path: Path, options: dict[str, Any]) -> Iterator[Line]:
    """Rows of one sheet of a legacy workbook."""
    import xlrd  # noqa: PLC0415 - only when such a workbook comes

    try:
        book = xlrd.open_workbook(str(path), on_demand=True)
    except (xlrd.XLRDError, AssertionError, IndexError):
        refuse("broken_workbook")
    names = book.sheet_names()
    chosen = options.get("sheet") if options.get("sheet") in names else names[0]
    yield {"kind": "xls", "encoding": "", "delimiter": "", "sheets": names, "sheet": chosen}
    sheet = book.sheet_by_name(chosen)

    def cell(row: int, column: int) -> str | None:
        found = sheet.cell(row, column)
        if found.ctype == xlrd.XL_CELL_DATE:
            return as_text(xlrd.xldate_as_datetime(found.value, book.datemode))
        return None if found.ctype == xlrd.XL_CELL_ERROR else as_text(found.value)

    yield from _numbered(
        [cell(row, column) for column in range(sheet.ncols)] for row in range(sheet.nrows)
    )


def read_geojson(path: Path, options: dict[str, Any]) -> Iterator[Line]:
    """Point features as rows: their properties and `geometry.lon`, `geometry.lat`."""
    text, _encoding = decode(path.read_bytes(), "utf-8-sig")
    try:
        data = json.loads(text, parse_constant=lambda _name: None)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        refuse("broken_json", line=line)
    features = data.get("features") if data.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        refuse("not_a_collection")
    yield {"kind": "geojson", "encoding": "utf-8", "delimiter": "", "sheets": []}
    rows = [feature if isinstance(feature, dict) else {} for feature in features]
    names = list(dict.fromkeys(n for row in rows for n in (row.get("properties") or {})))
    header = [*names[: MAX_COLUMNS - 2], "geometry.lon", "geometry.lat"]
    yield from _numbered([header, *(_feature(row, header) for row in rows)])


def _feature(feature: dict[str, Any], header: list[str]) -> list[Any]:
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry") or {}
    place = geometry.get("coordinates") if geometry.get("type") == "Point" else None
    lon, lat = (place[0], place[1]) if isinstance(place, list) and len(place) > 1 else (None, None)
    return [as_text(properties.get(name)) for name in header[:-2]] + [as_text(lon), as_text(lat)]


def as_text(value: object) -> str | None:
    """A cell as text: dates in ISO form, numbers without a useless `.0`, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15  # noqa: PLR2004
        return repr(int(value)) if whole else unmistakable(repr(value))
    text = str(value) if not isinstance(value, (dict, list)) else json.dumps(value)
    return text.replace("\x00", "").strip()[:MAX_CELL] or None


def _numbered(rows: Iterable[list[Any]]) -> Iterator[Line]:
    """Rows with the numbers a person sees in the file; empty ones are left out."""
    for number, cells in enumerate(rows, start=1):
        if number > MAX_ROWS:
            refuse("too_many_rows", limit=MAX_ROWS)
        if len(cells) > MAX_COLUMNS and any(cell is not None for cell in cells[MAX_COLUMNS:]):
            refuse("too_many_columns", limit=MAX_COLUMNS)
        if any(cell is not None for cell in cells):
            yield {"n": number, "cells": cells[:MAX_COLUMNS]}
