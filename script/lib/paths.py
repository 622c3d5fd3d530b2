"""Where this checkout keeps what it makes."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def local_dir() -> Path:
    """The private folder of this checkout (`LOCAL_DIR`, else `.local`), made when absent."""
    folder = Path(os.environ.get("LOCAL_DIR") or ROOT / ".local").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
