"""Files: judged by content, harmless when served, seen by who sees the object."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import File
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter
from pytest_django import Settings

from infra.files import store
from infra.files.services import attach
from infra.files.sniff import Kind
from infra.ground.choices import DossierState
from infra.ground.errors import Conflict, Refused, TooLarge
from infra.models import Attachment, Dossier
from tests.cast import Cast
from tests.workflow.casework import dossier_of_a, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return dossier_of_a(cast, state=DossierState.DRAFT)


def pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


DOCX = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
XLSX = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})
KML = b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>'
DXF = b"999\r\ncomment\r\n0\r\nSECTION\r\n2\r\nHEADER\r\n0\r\nENDSEC\r\n0\r\nEOF\r\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("thư.pdf", pdf(), "application/pdf"),
        ("anh.jpg", picture("JPEG"), "image/jpeg"),
        ("anh.png", picture("PNG"), "image/png"),
        ("anh.webp", picture("WEBP"), "image/webp"),
        (
            "don.docx",
            DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("bang.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("bang.csv", "tên;độ cao\nA;30\n".encode(), "text/csv"),
        ("vung.geojson", b'{"type": "FeatureCollection", "features": []}', "application/geo+json"),
        ("tuyen.kml", KML, "application/vnd.google-earth.kml+xml"),
        ("tuyen.kmz", packed({"doc.kml": KML}), "application/vnd.google-earth.kmz"),
        ("ban-ve.dxf", DXF, "image/vnd.dxf"),
    ],
)
def test_what_the_department_takes(
    dossier: Dossier, cast: Cast, name: str, content: bytes, kind: str
) -> None:
    row = attach(dossier, upload(content, name), cast.operator)
    assert (row.content_type, row.size) == (kind, len(content))
    assert store.read_bytes(row.sha256) == content


BOMB = packed({"xl/workbook.xml": b"0" * 60_000_000, "[Content_Types].xml": b""})
MACROS = packed(
    {"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b"\xd0\xcf"}
)

CONTENT_LIST = b'<Types><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>'
RENAMED_MACROS = packed(
    {"[Content_Types].xml": CONTENT_LIST, "word/document.xml": b"", "word/x.dat": b"\xd0\xcf"}
)
OLD_MACROS = packed(
    {"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}
)


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims a size that would fill the memory."""
    small = picture("PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


HUGE_PICTURE = claiming(60_000, 60_000)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("thu.pdf", b"<html><script>alert(1)</script></html>"),
        ("thu.pdf", b"\n\n%PDF-1.7 late"),
        ("thu.pdf", b"%PDF-1.7\n no end"),
        ("thu.pdf", pdf() + packed({"evil.exe": b"MZ"})),
        ("anh.png", picture("PNG") + packed({"x": b"y"})),
        ("anh.jpg", b"\xff\xd8\xff\xe0 not a picture"),
        ("anh.png", HUGE_PICTURE),
        ("hinh.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("hinh.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("chay.exe", b"MZ\x90\x00\x03" + b"\x00" * 200),
        ("chay.csv", b"#!/bin/sh\nrm -rf /,\n"),
        ("bang.csv", b"a,b\n<script>alert(1)</script>,2\n"),
        ("bang.csv", b"\x00\x01\x02,\x03"),
        ("rong.pdf", b""),
        ("bang.xlsx", BOMB),
        ("bang.xlsx", XLSX[: len(XLSX) // 2]),
        ("bang.xlsx", MACROS),
        ("bang.xlsx", OLD_MACROS),
        ("don.docx", RENAMED_MACROS),
        ("don.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("bang.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("nen.kmz", packed({"../../etc/passwd.kml": KML})),
        ("tep.zip", packed({"a.txt": b"a"})),
        ("tuyen.kml", b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml></kml>'),
        ("vung.geojson", b'{"type": "Script"}'),
        ("vung.geojson", b"[" * 100_000),
        ("chu.txt", b"hello"),
    ],
)
def test_what_is_refused_and_leaves_nothing(
    dossier: Dossier, cast: Cast, name: str, content: bytes
) -> None:
    with pytest.raises(Refused):
        attach(dossier, upload(content, name), cast.operator)
    assert not Attachment.objects.exists()


def test_a_zip_is_taken_only_where_asked(dossier: Dossier, cast: Cast) -> None:
    content = packed({"a.txt": b"a"})
    row = attach(dossier, upload(content, "tep.zip"), cast.operator, allow={Kind.ZIP})
    assert row.content_type == "application/zip"
    with pytest.raises(Refused, match="PDF"):
        attach(dossier, upload(content, "tep.zip"), cast.operator, allow={Kind.PDF})


def test_too_large_is_said_with_the_limit(dossier: Dossier, cast: Cast, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(TooLarge, match="1 MB"):
        attach(dossier, upload(pdf() + b"0" * 1_100_000, "thu.pdf"), cast.operator)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\lan\\Thư mời.pdf", "Thư mời.pdf"),
        ("thu.pdf\u202efdp.exe", "thu.pdf_fdp.pdf"),
        ("a<b>:c.pdf", "a_b__c.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
        ("anh.exe", "anh.pdf"),
    ],
)
def test_names_become_harmless(dossier: Dossier, cast: Cast, given: str, kept: str) -> None:
    file: File = upload(pdf(), "x.pdf")
    file.name = given
    assert attach(dossier, file, cast.operator).name == kept


def test_the_same_bytes_are_stored_once(dossier: Dossier, cast: Cast, settings: Settings) -> None:
    attach(dossier, upload(pdf(), "a.pdf"), cast.operator)
    attach(dossier, upload(pdf(), "b.pdf"), cast.operator)
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert (len(stored), Attachment.objects.count()) == (1, 2)


def test_a_file_sent_twice_under_one_identifier_is_one_row(dossier: Dossier, cast: Cast) -> None:
    first = attach(dossier, upload(pdf(), "a.pdf"), cast.operator)
    again = attach(dossier, upload(pdf(), "a.pdf"), cast.operator, uuid=first.uuid)
    assert again.pk == first.pk
    with pytest.raises(Conflict):
        attach(dossier, upload(DOCX, "a.docx"), cast.operator, uuid=first.uuid)


def test_a_file_is_served_so_that_no_page_can_run_it(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    row = attach(dossier, upload(pdf(), "Thư mời.pdf"), cast.operator)
    client.force_login(cast.operator)
    answer = client.get(reverse("file", args=[row.uuid]))
    assert answer.getvalue() == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(reverse("file", args=[row.uuid]), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_rival_gets_404_for_a_file_and_the_applicant_for_an_internal_one(
    cast: Cast, client: Client
) -> None:
    dossier = dossier_of_a(cast)
    row = attach(dossier, upload(pdf(), "a.pdf"), cast.operator)
    inside = attach(dossier, upload(pdf(), "b.pdf"), cast.officer, is_internal=True)
    client.force_login(cast.rival)
    assert client.get(reverse("file", args=[row.uuid])).status_code == 404
    client.force_login(cast.operator)
    assert client.get(reverse("file", args=[row.uuid])).status_code == 200
    assert client.get(reverse("file", args=[inside.uuid])).status_code == 404
    client.force_login(cast.head)
    assert client.get(reverse("file", args=[inside.uuid])).status_code == 200
