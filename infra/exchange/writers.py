"""Handing data on: CSV for Excel that runs no formula, GeoJSON; both streamed."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse

DEMO_MARK = "DỮ LIỆU MINH HỌA"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, value: str) -> str:
        return value


def safe_cell(value: object) -> str:
    """A cell as text that a spreadsheet never takes for a formula; plain numbers stay numbers."""
    text = "" if value is None else str(value)
    if text.startswith(_DANGEROUS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def csv_lines(header: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV in UTF-8 with BOM; the first says so when the data are illustrative."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    if settings.DEMO_MODE:
        yield writer.writerow([DEMO_MARK])
    yield writer.writerow([safe_cell(cell) for cell in header])
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def geojson_parts(features: Iterable[Mapping[str, Any]], about: Mapping[str, Any]) -> Iterator[str]:
    """A FeatureCollection piece by piece, with what it is about beside the features."""
    head = {**about, "note": DEMO_MARK} if settings.DEMO_MODE else dict(about)
    yield '{"type":"FeatureCollection","about":' + json.dumps(head, ensure_ascii=False)
    yield ',"features":['
    for number, feature in enumerate(features):
        yield ("," if number else "") + "\n" + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def download(parts: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    """A streamed attachment; in demo mode the name says so."""
    prefix = "minh-hoa-" if settings.DEMO_MODE else ""
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{prefix}{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
