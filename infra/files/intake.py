"""What may come in: how large, of which kind, whole and harmless; else a sentence says why."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from infra.files.limited import lines_of
from infra.files.limits import MAX_PIXELS
from infra.files.sniff import EVERYDAY, Kind, kind_of
from infra.files.unreadable import Unreadable
from infra.ground.errors import Refused, TooLarge

MEGABYTE = 1024 * 1024
SECONDS = 60.0


def check_size(upload: "File[Any]") -> None:
    """One limit for papers, photos and imports. Raises TooLarge."""
    limit = settings.UPLOAD_LIMIT_MB
    if upload.size > limit * MEGABYTE:
        raise TooLarge(
            _("“%(name)s” is larger than %(limit)d MB. Make it smaller, then send it again.")
            % {"name": upload.name, "limit": limit}
        )


def check_kind(upload: "File[Any]", allow: Iterable[Kind] = EVERYDAY) -> Kind:
    """The kind by content, one of those allowed. Raises Refused."""
    name = str(upload.name or "tep")
    opened: Any = upload.file
    try:
        kind = kind_of(opened, name)
    except Unreadable as trouble:
        raise refusal(name, trouble) from trouble
    if kind not in frozenset(allow):
        wanted = ", ".join(sorted(one.value.upper() for one in allow))
        raise Refused(
            _("“%(name)s” is a %(kind)s file; this place takes %(wanted)s.")
            % {"name": name, "kind": kind.value.upper(), "wanted": wanted}
        )
    return kind


def check_inside(kind: Kind, path: Path, name: str, clean: Path | None = None) -> None:
    """Look into the file in a limited process; rewrite a picture to `clean`. Raises Refused."""
    arguments = [kind.value, str(path), *([str(clean)] if clean else [])]
    try:
        for _line in lines_of("infra.files.examine", *arguments, seconds=SECONDS):
            pass
    except Unreadable as trouble:
        raise refusal(name, trouble) from trouble


def refusal(name: str, trouble: Unreadable) -> Refused:
    """What stands against the file: what, and what to do."""
    about: dict[str, Any] = {"name": name, **trouble.params}
    if trouble.code == "unknown":
        about["guess"] = _guess(about["head"])
    elif trouble.code == "too_many_pixels":
        about["limit"] = MAX_PIXELS // 1_000_000
    elif trouble.code == "pdf_active":
        about["found"] = ", ".join(about["found"])
    sentences = _sentences()
    return Refused(*(sentence % about for sentence in sentences.get(trouble.code, [_broken()])))


def _broken() -> str:
    return _("“%(name)s” is damaged and cannot be read. Save or export it again and send that.")


def _sentences() -> dict[str, list[str]]:
    clean_pdf = _("Print it to a new PDF (Print → Save as PDF), then send that.")
    too_much = [_("“%(name)s” takes too long or too much memory to check. Send a smaller one.")]
    return {
        "empty": [_("“%(name)s” is empty.")],
        "unknown": [
            _("“%(name)s” is not a file we take: its content looks like %(guess)s."),
            _("Send PDF, JPEG, PNG, WebP, DOCX, XLSX, CSV, GeoJSON, KML, KMZ or DXF."),
        ],
        "double_faced": [_("“%(name)s” is two kinds of file at once; it is not taken.")],
        "pdf_cut_off": [_("“%(name)s” is cut off: the PDF has no end. Send it again.")],
        "pdf_damaged": [_("“%(name)s” is damaged: no reader can open this PDF."), clean_pdf],
        "pdf_locked": [
            _("“%(name)s” is locked with a password, so nobody can check it."),
            _("Remove the password, then send it again."),
        ],
        "pdf_active": [
            _("“%(name)s” holds parts that act by themselves (%(found)s); it is not taken."),
            clean_pdf,
        ],
        "too_slow": too_much,
        "too_much_memory": too_much,
        "picture_damaged": [
            _("“%(name)s” is a damaged picture: it cannot be read to its last pixel."),
            _("Take or export the picture again."),
        ],
        "too_many_pixels": [
            _("“%(name)s” has too many pixels; send it at most %(limit)d megapixels large.")
        ],
        "archive_damaged": [_("“%(name)s” is a damaged archive and cannot be read.")],
        "archive_leads_out": [
            _("“%(name)s” holds paths that lead outside the archive; it is not taken.")
        ],
        "zip_bomb": [_("“%(name)s” would unpack to %(unpacked_mb)s MB; it is not taken.")],
        "macros": [_("“%(name)s” holds macros. Save it without macros, then send it again.")],
        "kml_entities": [
            _("“%(name)s”: KML with its own entities is not taken; export it again without them.")
        ],
        "not_geojson": [_("“%(name)s” is JSON, but not GeoJSON. Export it again as GeoJSON.")],
    }


def _guess(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    return found[0].name or found[0].extension if found else _("something unknown")
