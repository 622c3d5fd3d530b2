"""Handing data on: CSV for Excel that runs no formula, GeoJSON; both streamed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse

DEMO_MARK = "DỮ LIỆU MINH HỌA"
_DANGEROUS = frozenset("=+-@\t\r")
PIECE = 1000


def safe_cell(value: object) -> str:
    """A cell as text that a spreadsheet never takes for a formula; plain numbers stay numbers."""
    text = "" if value is None else str(value)
    if text[:1] in _DANGEROUS and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def csv_parts(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A CSV in UTF-8 with BOM, many lines at a time; the first says when data are illustrative."""
    yield "\ufeff"
    head: list[Sequence[object]] = [[DEMO_MARK]] if settings.DEMO_MODE else []
    lines = chain(head, [header], rows)
    while piece := list(islice(lines, PIECE)):
        written = io.StringIO()
        csv.writer(written).writerows([safe_cell(cell) for cell in row] for row in piece)
        yield written.getvalue()


def geojson_parts(features: Iterable[Mapping[str, Any]], about: Mapping[str, Any]) -> Iterator[str]:
    """A FeatureCollection piece by piece, with what it is about beside the features."""
    head = {**about, "note": DEMO_MARK} if settings.DEMO_MODE else dict(about)
    yield '{"type":"FeatureCollection","about":' + json.dumps(head, ensure_ascii=False)
    yield ',"features":['
    written = (json.dumps(feature, ensure_ascii=False) for feature in features)
    comma = "\n"
    while piece := list(islice(written, PIECE)):
        yield comma + ",\n".join(piece)
        comma = ",\n"
    yield "\n]}\n"


def download(parts: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    """A streamed attachment; in demo mode the name says so."""
    prefix = "minh-hoa-" if settings.DEMO_MODE else ""
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{prefix}{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
