"""Run as `python -m infra.files.examine <kind> <file> [<where the clean picture goes>]`.

Looks into a file that somebody sent, in a process of its own under limits: prints nothing when
all is well, and one {"error": code, …} when the file is not to be taken.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from infra.files.archives import refuse_macros
from infra.files.child import Line, run_limited
from infra.files.limits import WRITTEN_BYTES
from infra.files.sniff import HEAD, IMAGES, Kind
from infra.files.unreadable import refuse

GEOJSON_TYPES = frozenset(
    [
        *("FeatureCollection", "Feature", "GeometryCollection", "Point", "MultiPoint"),
        *("LineString", "MultiLineString", "Polygon", "MultiPolygon"),
    ]
)


def examine(kind: Kind, path: Path, clean: str = "") -> Iterator[Line]:
    """Whether the file is whole and harmless. Raises Unreadable."""
    if kind == Kind.PDF:
        _whole_pdf(path)
    elif kind in IMAGES:
        _one_faced(path)
        from infra.files.pictures import rewrite  # noqa: PLC0415 - only when a picture comes

        rewrite(path, Path(clean), kind)
    elif kind in {Kind.DOCX, Kind.XLSX}:
        with path.open("rb") as file:
            refuse_macros(file)
    elif kind == Kind.GEOJSON:
        _geojson(path)
    yield from ()


def _whole_pdf(path: Path) -> None:
    from infra.files.active_pdf import look_into  # noqa: PLC0415 - only when a PDF comes

    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - HEAD))
        if b"%%EOF" not in file.read():
            refuse("pdf_cut_off")
    _one_faced(path)
    look_into(path)


def _one_faced(path: Path) -> None:
    if zipfile.is_zipfile(path):
        refuse("double_faced")


def _geojson(path: Path) -> None:
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        refuse("not_geojson")
    if not isinstance(content, dict) or content.get("type") not in GEOJSON_TYPES:
        refuse("not_geojson")


if __name__ == "__main__":
    kind, path, *clean = sys.argv[1:]
    run_limited(
        partial(examine, Kind(kind), Path(path), *clean), may_write=WRITTEN_BYTES if clean else 0
    )
