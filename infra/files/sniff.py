"""What a file is, by its content alone; its name and declared type are not believed.

The one place that tells: for papers, photos and imports alike. Pure: no Django, because the
limited process that reads tables asks it too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

from infra.files.archives import entries_of
from infra.files.unreadable import refuse

HEAD = 4096
ACTIVE_TEXT = ("<html", "<!doctype", "<script", "<svg", "<?php", "#!/", "<iframe")
DELIMITERS = ";\t,|"
TABLE_SUFFIXES = frozenset({"csv", "tsv"})


class Kind(StrEnum):
    """The kinds of files that are told apart; each door names those it takes."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    GEOJSON = "geojson"
    KML = "kml"
    KMZ = "kmz"
    DXF = "dxf"
    ZIP = "zip"
    TEXT = "txt"
    OFFICE_97 = "doc/xls"


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv",
    Kind.GEOJSON: "application/geo+json",
    Kind.KML: "application/vnd.google-earth.kml+xml",
    Kind.KMZ: "application/vnd.google-earth.kmz",
    Kind.DXF: "image/vnd.dxf",
    Kind.ZIP: "application/zip",
}
IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
TABLES = frozenset({Kind.CSV, Kind.TEXT, Kind.XLSX, Kind.OFFICE_97, Kind.GEOJSON})
EVERYDAY = frozenset(CONTENT_TYPES) - {Kind.ZIP}


@dataclass(frozen=True)
class _Sample:
    file: BinaryIO
    head: bytes
    suffix: str


def kind_of(file: BinaryIO, name: str) -> Kind:
    """The kind of an open file. Raises Unreadable for an empty or unknown one, and for a bomb."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        refuse("empty")
    sample = _Sample(file, head, PurePosixPath(name).suffix.lower().lstrip("."))
    kind = next((kind for test in _TESTS if (kind := test(sample))), None)
    if kind is None:
        refuse("unknown", head=head)
    file.seek(0)
    return kind


def _by_mark(sample: _Sample) -> Kind | None:
    head = sample.head
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)


def _zip(sample: _Sample) -> Kind | None:
    if not sample.head.startswith(b"PK\x03\x04"):
        return None
    names = entries_of(sample.file)
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if any(name.lower().endswith(".kml") for name in names) and sample.suffix == "kmz":
        return Kind.KMZ
    return Kind.ZIP


def _dxf(sample: _Sample) -> Kind | None:
    if b"\0" in sample.head:
        return None
    lines = [line.strip() for line in sample.head.splitlines()[:200]]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    first = next((pair for pair in pairs if pair[0] != b"999"), None)
    return Kind.DXF if first == (b"0", b"SECTION") else None


def _text(sample: _Sample) -> Kind | None:
    text = _decoded(sample.head)
    lowered = text.lower()
    if "<kml" in lowered and lowered.startswith(("<?xml", "<kml")):
        if "<!doctype" in lowered or "<!entity" in lowered:
            refuse("kml_entities")
        return Kind.KML
    is_active = lowered.startswith("<") or any(mark in lowered for mark in ACTIVE_TEXT)
    if (
        is_active
        or not text
        or any(ord(sign) < ord(" ") and sign not in "\t\n\r\f" for sign in text)
    ):
        return None
    if text[0] in "{[":
        return Kind.GEOJSON if text[0] == "{" else None
    is_table = any(mark in text for mark in DELIMITERS) and sample.suffix in TABLE_SUFFIXES
    return Kind.CSV if is_table else Kind.TEXT


def _decoded(head: bytes) -> str:
    """The beginning as signs to look at: legacy encodings byte by byte, none refused."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16", errors="ignore") if wide else head.decode("latin-1")
    return text.removeprefix("ï»¿").lstrip()


_MARKS = {
    b"%PDF-": Kind.PDF,
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xd0\xcf\x11\xe0": Kind.OFFICE_97,
    b"AutoCAD Binary DXF\r\n\x1a\x00": Kind.DXF,
}
_TESTS: tuple[Callable[[_Sample], Kind | None], ...] = (_by_mark, _zip, _dxf, _text)
