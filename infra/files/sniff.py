"""What a file is, by its content alone; its name and declared type are not believed."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from infra.ground.errors import Refused

HEAD = 4096
MEGABYTE = 1024 * 1024
MAX_PIXELS = 100_000_000
MAX_ENTRIES = 5_000
MAX_UNPACKED = 512 * MEGABYTE
MAX_RATIO = 200
MAX_JSON = 64 * MEGABYTE
ACTIVE_TEXT = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"#!/", b"<iframe")
GEOJSON_TYPES = frozenset(
    {
        "FeatureCollection",
        "Feature",
        "GeometryCollection",
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
    }
)


class Kind(StrEnum):
    """The kinds of files the department takes."""

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
EVERYDAY = frozenset(Kind) - {Kind.ZIP}


@dataclass(frozen=True)
class _Sample:
    file: BinaryIO
    head: bytes
    suffix: str


def kind_of(file: BinaryIO, name: str) -> Kind:
    """The kind of an open file. Raises Refused with a sentence for anything not taken."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Refused(_("“%(name)s” is empty.") % {"name": name})
    sample = _Sample(file, head, PurePosixPath(name).suffix.lower().lstrip("."))
    for test in _TESTS:
        if kind := test(sample):
            file.seek(0)
            return kind
    raise Refused(
        _("“%(name)s” is not a file we take: its content looks like %(guess)s.")
        % {"name": name, "guess": _guess(head)},
        _("Send PDF, JPEG, PNG, WebP, DOCX, XLSX, CSV, GeoJSON, KML, KMZ or DXF."),
    )


def _pdf(sample: _Sample) -> Kind | None:
    if not sample.head.startswith(b"%PDF-"):
        return None
    sample.file.seek(0, 2)
    sample.file.seek(max(0, sample.file.tell() - HEAD))
    if b"%%EOF" not in sample.file.read():
        raise Refused(_("The PDF is cut off: it has no end."))
    _refuse_double_faced(sample.file)
    return Kind.PDF


def _image(sample: _Sample) -> Kind | None:
    head = sample.head
    if head.startswith(b"\xff\xd8\xff"):
        kind, expected = Kind.JPEG, "JPEG"
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        kind, expected = Kind.PNG, "PNG"
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        kind, expected = Kind.WEBP, "WEBP"
    else:
        return None
    _check_image(sample.file, expected)
    _refuse_double_faced(sample.file)
    return kind


def _check_image(file: BinaryIO, expected: str) -> None:
    file.seek(0)
    try:
        with Image.open(file, formats=[expected]) as image:
            too_big = image.width * image.height > MAX_PIXELS
            if not too_big:
                image.verify()
    except Image.DecompressionBombError:
        too_big = True
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(_("The picture is damaged and cannot be read.")) from error
    if too_big:
        raise Refused(_("The picture has too many pixels; send it at most 100 megapixels large."))


def _zip(sample: _Sample) -> Kind | None:
    if not sample.head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(sample.file) as archive:
            names = _safe_names(archive)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(_("The archive is damaged and cannot be read.")) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(_("Documents with macros are not taken; save it without macros."))
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return Kind.DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return Kind.XLSX
    if any(name.lower().endswith(".kml") for name in names) and sample.suffix == "kmz":
        return Kind.KMZ
    return Kind.ZIP


def _safe_names(archive: zipfile.ZipFile) -> set[str]:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    swollen = unpacked > 10 * MEGABYTE and unpacked / packed > MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or swollen:
        raise Refused(_("The archive unpacks to far more than it should; it is not taken."))
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise Refused(_("The archive holds paths that lead outside it; it is not taken."))
    return {entry.filename for entry in entries}


def _dxf(sample: _Sample) -> Kind | None:
    if sample.head.startswith(b"AutoCAD Binary DXF\r\n\x1a\x00"):
        return Kind.DXF
    return Kind.DXF if b"\0" not in sample.head and _is_dxf(sample.head) else None


def _text(sample: _Sample) -> Kind | None:
    head = sample.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    lowered = head.lower()
    if b"<kml" in lowered and lowered.startswith((b"<?xml", b"<kml")):
        return _kml(lowered)
    is_active = lowered.startswith(b"<") or any(mark in lowered for mark in ACTIVE_TEXT)
    if b"\0" in head or is_active:
        return None
    return _geojson(sample.file) if head[:1] in b"{[" else _csv(sample)


def _kml(lowered: bytes) -> Kind:
    if b"<!doctype" in lowered or b"<!entity" in lowered:
        raise Refused(_("KML with its own entities is not taken; export it again without them."))
    return Kind.KML


def _is_dxf(head: bytes) -> bool:
    lines = [line.strip() for line in head.splitlines()[:200]]
    pairs = list(zip(lines[::2], lines[1::2], strict=False))
    first = next((pair for pair in pairs if pair[0] != b"999"), None)
    return first == (b"0", b"SECTION")


def _geojson(file: BinaryIO) -> Kind | None:
    file.seek(0)
    raw = file.read(MAX_JSON + 1)
    if len(raw) > MAX_JSON:
        raise Refused(_("The GeoJSON file is larger than 64 MB; split it."))
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    is_known = isinstance(content, dict) and content.get("type") in GEOJSON_TYPES
    return Kind.GEOJSON if is_known else None


def _csv(sample: _Sample) -> Kind | None:
    if sample.suffix != "csv":
        return None
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            text = sample.head[: HEAD - 4].decode(encoding, errors="strict")
        except UnicodeDecodeError:
            if len(sample.head) < HEAD:
                continue
            text = sample.head.decode(encoding, errors="ignore")
        line = text.splitlines()[0] if text.strip() else ""
        if any(mark in line for mark in ",;\t|"):
            return Kind.CSV
    return None


def _refuse_double_faced(file: BinaryIO) -> None:
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Refused(_("The file is two kinds of file at once; it is not taken."))


def _guess(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    return found[0].name or found[0].extension if found else _("something unknown")


_TESTS: tuple[Callable[[_Sample], Kind | None], ...] = (_pdf, _image, _zip, _dxf, _text)
