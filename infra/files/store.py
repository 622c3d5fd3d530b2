"""Bytes by content hash below MEDIA_ROOT, for papers, photos, imports and documents alike.

    ab/cd/<sha256>       the bytes; written aside, synced, renamed: there whole or not at all
    incoming/            what is being written; after a crash a left-over that the sweep removes
    unnamed/<sha256>     laid aside by the sweep: no row named them; still read if one does now
    shown/ab/<sha256>    the clean picture made from that original; can be made again

Nothing here asks the database; who names which bytes is known to `infra.files.sweep`.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


@dataclass(frozen=True)
class Incoming:
    """Bytes written aside, not kept yet."""

    path: Path
    sha256: str
    size: int

    def keep(self) -> None:
        """Give them their name; over equal bytes it renews them, so the sweep sees them young."""
        settle(self.path, place_of(self.sha256))


@contextmanager
def incoming(chunks: Iterable[bytes]) -> Iterator[Incoming]:
    """Write the bytes aside and sync them; without `keep()` nothing of them stays."""
    with spool() as path:
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        yield Incoming(path, digest.hexdigest(), size)


@contextmanager
def spool() -> Iterator[Path]:
    """A file of its own to write into, on the disk of the store; gone at the end."""
    folder = incoming_folder()
    _make(folder)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def settle(written: Path, place: Path) -> None:
    """Sync the written file and give it its place; the place's name outlives a power cut."""
    written.chmod(0o640)
    _sync(written)
    _make(place.parent)
    written.replace(place)
    _sync(place.parent)


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep the bytes; gives their SHA-256 and size. Safe when two write the same at once."""
    with incoming(chunks) as written:
        written.keep()
        return written.sha256, written.size


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash can be read now. Raises FileNotFoundError."""
    # Third: the sweep may have put them back between the first look and the second.
    for place in (place_of(sha256), aside_of(sha256), place_of(sha256)):
        if place.exists():
            return place
    raise FileNotFoundError(sha256)


def open_bytes(sha256: str) -> BinaryIO:
    """The bytes of this hash, open for reading. Raises FileNotFoundError."""
    with suppress(FileNotFoundError):
        return path_of(sha256).open("rb")
    return path_of(sha256).open("rb")  # it moved between look and open; it moves once a day


def read_bytes(sha256: str) -> bytes:
    """All bytes of this hash. Raises FileNotFoundError."""
    with open_bytes(sha256) as file:
        return file.read()


def root() -> Path:
    """The folder of the store."""
    return Path(settings.MEDIA_ROOT)


def place_of(sha256: str) -> Path:
    """Where the bytes of this hash belong."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def aside_of(sha256: str) -> Path:
    """Where the sweep lays them aside."""
    return root() / "unnamed" / sha256


def shown_of(sha256: str) -> Path:
    """Where the clean picture made from this original lies."""
    return root() / "shown" / sha256[:2] / sha256


def incoming_folder() -> Path:
    """Where bytes are written before they have a name."""
    return root() / "incoming"


def _make(folder: Path) -> None:
    """Make the folder, each new one's name synced in the one above it."""
    missing = [folder, *folder.parents]
    missing = [one for one in missing if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    for one in missing:
        _sync(one.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
