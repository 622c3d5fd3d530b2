"""The reader's own process: opens what somebody sent, under limits, and prints JSON lines.

Run as `python -m infra.exchange.child <path> <options as JSON>`. It knows neither Django nor the
database. First line: {"kind", "encoding", "sheets", …}; then {"n": row number, "cells": […]} with
every cell as text or null and {"formula": true} for a formula that carries no saved result; on
trouble one {"error": code, …}.
"""

import json
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from infra.files.child import Line, run_limited
from infra.files.sniff import TABLES, Kind, kind_of
from infra.files.unreadable import refuse


def read(path: Path, options: dict[str, Any]) -> Iterator[Line]:
    """The lines to print for a file: all, or as many rows as `most` says."""
    from infra.exchange import readers  # noqa: PLC0415 - after the limits are set

    with path.open("rb") as file:
        kind = kind_of(file, str(options.get("name", "")))
    if kind in {Kind.ZIP, Kind.DOCX, Kind.KMZ}:
        refuse("not_a_workbook")
    if kind not in TABLES:
        refuse("not_a_table")
    lines = {
        Kind.CSV: readers.read_csv,
        Kind.TEXT: readers.read_csv,
        Kind.XLSX: readers.read_xlsx,
        Kind.OFFICE_97: readers.read_xls,
        Kind.GEOJSON: readers.read_geojson,
    }[kind](path, options)
    most = int(options.get("most", 0))
    yield from islice(lines, most + 1) if most else lines


if __name__ == "__main__":
    run_limited(partial(read, Path(sys.argv[1]), json.loads(sys.argv[2])))
