"""File names as people gave them, made harmless."""

import re
import unicodedata
from pathlib import PurePosixPath

from infra.files.sniff import Kind

LONGEST = 150
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


def safe_name(given: str, kind: Kind) -> str:
    """The last part of the name, without control and direction marks, ending as its content."""
    last = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    clean = FORBIDDEN.sub("_", last).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem = clean
    endings = {"jpg", "jpeg"} if kind == Kind.JPEG else {kind.value}
    ending = suffix.lower() if suffix.lower() in endings else kind.value
    return f"{(stem or 'tep')[:LONGEST]}.{ending}"
