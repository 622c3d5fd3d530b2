"""Imported files, kept by content hash outside the web root."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


def folder() -> Path:
    """Where imported files lie."""
    return Path(settings.MEDIA_ROOT) / "imports"


def keep(upload: UploadedFile[bytes]) -> tuple[str, int]:
    """Write the upload under its SHA-256; the same content twice is one file."""
    folder().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as file:
        for chunk in upload.chunks():
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    name = digest.hexdigest()
    path_of(name).parent.mkdir(exist_ok=True)
    os.replace(file.name, path_of(name))  # noqa: PTH105 - atomic, over an equal file
    return name, size


def path_of(sha256: str) -> Path:
    """Where a file of this content lies."""
    return folder() / sha256[:2] / sha256
