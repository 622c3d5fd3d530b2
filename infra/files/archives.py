"""Whether an archive may be opened at all. Pure: no Django."""

import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from infra.files.limits import (
    MAX_ENTRIES,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_RATIO,
    RATIO_MATTERS_BYTES,
)
from infra.files.unreadable import refuse

MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("/macrosheets/", "/activex/")
CONTENT_LIST = "[Content_Types].xml"
MACRO_TYPES = (b"macroenabled", b"vbaproject")
MOST_OF_CONTENT_LIST = 1_000_000


def entries_of(file: BinaryIO) -> frozenset[str]:
    """The names inside. Raises Unreadable for a damaged archive, a bomb, paths that lead out."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        refuse("archive_damaged")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    is_swollen = unpacked > RATIO_MATTERS_BYTES and unpacked / packed > MAX_UNPACKED_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or is_swollen:
        refuse("zip_bomb", unpacked_mb=unpacked // 1_000_000)
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            refuse("archive_leads_out")
    return frozenset(entry.filename for entry in entries)


def refuse_macros(file: BinaryIO) -> None:
    """Stop at a document that carries programs, also under a harmless name. Raises Unreadable."""
    names = entries_of(file)
    lowered = [f"/{name.lower()}" for name in names]
    has_parts = any(name.endswith(MACRO_PARTS) for name in lowered)
    if has_parts or any(folder in name for name in lowered for folder in MACRO_FOLDERS):
        refuse("macros")
    if CONTENT_LIST in names:
        with zipfile.ZipFile(file) as archive, archive.open(CONTENT_LIST) as listed:
            types = listed.read(MOST_OF_CONTENT_LIST).lower()
        if any(mark in types for mark in MACRO_TYPES):
            refuse("macros")
