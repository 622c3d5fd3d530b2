"""Bytes by content hash below MEDIA_ROOT; the same bytes are stored once."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep the bytes; gives their SHA-256 and size. Safe when two write the same at once."""
    digest, size = hashlib.sha256(), 0
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as spool:
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                spool.write(chunk)
            spool.flush()
            os.fsync(spool.fileno())
            _settle(Path(spool.name), path_of(digest.hexdigest()))
        except BaseException:
            Path(spool.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def open_bytes(sha256: str) -> BinaryIO:
    """The bytes of this hash, open for reading. Raises FileNotFoundError."""
    return path_of(sha256).open("rb")


def read_bytes(sha256: str) -> bytes:
    """All bytes of this hash. Raises FileNotFoundError."""
    return path_of(sha256).read_bytes()


def _settle(spool: Path, place: Path) -> None:
    if place.exists():
        spool.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    spool.chmod(0o640)
    spool.replace(place)
