"""The kept bytes of an upload as a layer file: only the three kinds we take, told by content.

GDAL would open far more, among it files that name other files of the server; so the content is
judged here and handed on under the one suffix that belongs to it.
"""

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

import pyogrio
from pyogrio.errors import DataSourceError

from infra.files import store
from infra.files.archives import entries_of
from infra.files.unreadable import Unreadable
from infra.places.territory.files import LayerFile, LayerFileError, read_layer

SQLITE: Final = b"SQLite format 3\0"
GEOPACKAGE_AT: Final = 68  # where SQLite keeps the mark of the application
GEOPACKAGE_MARKS: Final = (b"GPKG", b"GP10", b"GP11")
ZIP: Final = b"PK\x03\x04"
SHAPE_PARTS: Final = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
NEEDED_PARTS: Final = frozenset({".shp", ".shx", ".dbf"})
GEOJSON_TYPES: Final = frozenset(
    {
        "FeatureCollection",
        "Feature",
        "GeometryCollection",
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
    }
)


def read_upload(sha256: str, *, meridian: str = "", layer: str = "") -> LayerFile:
    """The rows of the bytes of this hash, and of no others. Raises LayerFileError."""
    with _laid_out(sha256) as path:
        return read_layer(path, meridian=meridian or None, layer=_layer_of(path, layer))


@contextmanager
def _laid_out(sha256: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "tep"
        with store.open_bytes(sha256) as kept, copy.open("wb") as file:
            shutil.copyfileobj(kept, file)
        with copy.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                msg = "Tệp đang lưu không còn như khi gửi lên; không nạp. Hãy gửi lại tệp."
                raise LayerFileError(msg)
        named = copy.rename(copy.with_suffix(suffix_of(copy)))
        yield _shapefile(named) if named.suffix == ".zip" else named


def suffix_of(path: Path) -> str:
    """The kind by content: .gpkg, .zip or .geojson. Raises LayerFileError for all else."""
    with path.open("rb") as file:
        head = file.read(128)
    if head.startswith(SQLITE) and head[GEOPACKAGE_AT : GEOPACKAGE_AT + 4] in GEOPACKAGE_MARKS:
        return ".gpkg"
    if head.startswith(ZIP):
        return ".zip"
    if _is_geojson(path):
        return ".geojson"
    msg = (
        "Tệp không phải GeoJSON, GeoPackage hay shapefile nén ZIP. "
        "Hãy lưu lại thành một trong ba loại này rồi gửi lại."
    )
    raise LayerFileError(msg)


def _is_geojson(path: Path) -> bool:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("type") in GEOJSON_TYPES


def _shapefile(copy: Path) -> Path:
    try:
        with copy.open("rb") as file:
            names = entries_of(file)
        shapes = [name for name in names if _suffix(name) == ".shp" and "__MACOSX" not in name]
        if len(shapes) != 1:
            msg = f"Tệp ZIP phải chứa đúng một tệp .shp; tệp này có {len(shapes)}."
            raise LayerFileError(msg)
        return _unpacked(copy, shapes[0], names)
    except (Unreadable, zipfile.BadZipFile, OSError, RuntimeError) as error:
        msg = "Tệp ZIP hỏng, có mật khẩu hoặc quá lớn khi giải nén. Hãy nén lại rồi gửi lại."
        raise LayerFileError(msg) from error


def _unpacked(copy: Path, shape: str, names: frozenset[str]) -> Path:
    stem = str(PurePosixPath(shape).with_suffix(""))
    parts = {
        _suffix(name): name
        for name in names
        if str(PurePosixPath(name).with_suffix("")) == stem and _suffix(name) in SHAPE_PARTS
    }
    if missing := NEEDED_PARTS - parts.keys():
        msg = f"Tệp ZIP thiếu phần {', '.join(sorted(missing))} của shapefile. Hãy nén đủ các phần."
        raise LayerFileError(msg)
    with zipfile.ZipFile(copy) as archive:
        for suffix, name in parts.items():
            with archive.open(name) as packed, copy.with_suffix(suffix).open("wb") as part:
                shutil.copyfileobj(packed, part)
    return copy.with_suffix(".shp")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _layer_of(path: Path, wanted: str) -> str | None:
    """The layer to read; a file of several must be told which. Raises LayerFileError."""
    if path.suffix != ".gpkg":
        return None
    try:
        found = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry]
    except DataSourceError as error:
        msg = "Không đọc được GeoPackage này. Hãy xuất lại từ phần mềm GIS rồi gửi lại."
        raise LayerFileError(msg) from error
    if wanted in found:
        return wanted
    if not wanted and len(found) == 1:
        return found[0]
    listed = ", ".join(found) or "không có lớp nào"
    asked = f"không có lớp “{wanted}”" if wanted else "phải ghi rõ tên một lớp"
    msg = f"GeoPackage: {asked}. Các lớp trong tệp: {listed}."
    raise LayerFileError(msg)
