"""The reader's own process: opens what somebody sent, under limits, and prints JSON lines.

Run as `python -m infra.exchange.child <path> <options as JSON>`. It knows neither Django nor the
database. First line: {"kind", "encoding", "sheets", …}; then {"n": row number, "cells": […]} with
every cell as text or null and {"formula": true} for a formula that carries no saved result; on
trouble one {"error": code, …}.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.exchange.unreadable import Unreadable, refuse

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 120
MAX_FILE_BYTES = 60_000_000


def limit_this_process() -> None:
    """No more memory and time than a real register needs; no files written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def kind_of(path: Path) -> str:
    """What the content is, whatever the name says. Raises Unreadable."""
    size = path.stat().st_size
    if size == 0:
        refuse("empty")
    if size > MAX_FILE_BYTES:
        refuse("too_big", limit_mb=MAX_FILE_BYTES // 1_000_000)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"\x7fELF", b"MZ", b"GIF8")):
        refuse("not_a_table")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "geojson"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse("not_a_table")
    return "csv"


def read(path: Path, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The lines to print for a file."""
    from infra.exchange import readers  # noqa: PLC0415 - after the limits are set

    kind = kind_of(path)
    yield from {
        "csv": readers.read_csv,
        "xlsx": readers.read_xlsx,
        "xls": readers.read_xls,
        "geojson": readers.read_geojson,
    }[kind](path, options)


def main(path: str, options: str) -> None:
    """Print the file's lines; every trouble becomes one line too."""
    limit_this_process()
    wish = json.loads(options)
    most = int(wish.get("most", 0))
    try:
        for count, line in enumerate(read(Path(path), wish)):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            if most and count >= most:
                break
    except Unreadable as error:
        sys.stdout.write(json.dumps({"error": error.code, **error.params}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"error": "too_much_memory"}) + "\n")
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is a sentence
        kind = type(error).__name__
        sys.stdout.write(json.dumps({"error": "broken", "detail": kind}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
