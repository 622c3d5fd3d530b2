"""Layers out of an office's own files, through pyogrio: rows in WGS-84 without Z and M."""

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from infra.places.geo.crs import ForeignSystemError, shape_to_wgs84

SHOWN_REFUSALS: Final = 10
REPAIRED_AREA_SHARE: Final = 0.01  # a repair that changes more than a hundredth is refused


class LayerFileError(Exception):
    """The whole file cannot be used; the message is a Vietnamese sentence."""


class RowRefusedError(Exception):
    """One row cannot be used; the message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One feature in WGS-84; `number` counts from 1 as the file does."""

    number: int
    geometry: shapely.Geometry
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row of the file was refused."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"Dòng {self.number}: {self.reason}"


@dataclass(frozen=True, slots=True)
class LayerFile:
    """The rows that can be used and those that cannot."""

    rows: list[LayerRow]
    refusals: list[Refusal]

    def refused_sentences(self) -> str:
        """The first refusals and how many more there are."""
        said = [str(refusal) for refusal in self.refusals[:SHOWN_REFUSALS]]
        more = len(self.refusals) - len(said)
        return " ".join([*said, f"… và {more} dòng nữa."] if more else said)


def read_layer(path: Path, *, meridian: str | None = None, layer: str | None = None) -> LayerFile:
    """Read GeoJSON, GeoPackage or a shapefile; `meridian` names the plane of a file that has none.

    Curves become lines and surfaces polygons. Raises LayerFileError.
    """
    meta, geometries, columns = _read(path, layer)
    rows: list[LayerRow] = []
    refusals: list[Refusal] = []
    names = [str(name) for name in meta["fields"]]
    for number, geometry in enumerate(geometries, start=1):
        values = (column[number - 1] for column in columns)
        try:
            shape = _sound(_in_wgs84(geometry, meta["crs"], meridian))
        except RowRefusedError as error:
            refusals.append(Refusal(number, str(error)))
        else:
            attributes = dict(_plain_values(zip(names, values, strict=True)))
            rows.append(LayerRow(number, shape, attributes))
    return LayerFile(rows, refusals)


def _read(path: Path, layer: str | None) -> tuple[dict[str, Any], Any, Any]:
    if not path.exists():
        msg = f"Không thấy tệp {path}. Kiểm tra lại đường dẫn."
        raise LayerFileError(msg)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # M is dropped on purpose
            meta, _ids, wkb, columns = pyogrio.raw.read(path, layer=layer, force_2d=True)
            geometries = shapely.from_wkb(wkb) if wkb is not None else []
    except (DataSourceError, DataLayerError, shapely.errors.GEOSException, ValueError) as error:
        msg = f"Không đọc được tệp {path.name}: {error}. Hãy lưu lại dạng GeoJSON hoặc GeoPackage."
        raise LayerFileError(msg) from error
    if not len(geometries):
        msg = f"Tệp {path.name} không có đối tượng nào. Kiểm tra lại lớp dữ liệu trong tệp."
        raise LayerFileError(msg)
    return meta, geometries, columns


def _in_wgs84(
    geometry: shapely.Geometry | None, system: str | None, meridian: str | None
) -> shapely.Geometry:
    if geometry is None or geometry.is_empty:
        msg = "không có hình học."
        raise RowRefusedError(msg)
    try:
        shape = shape_to_wgs84(shapely.force_2d(geometry), system, meridian)
    except ForeignSystemError as error:
        raise LayerFileError(str(error)) from error
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004
        msg = (
            "tọa độ không phải kinh vĩ độ WGS-84; nếu là tọa độ phẳng VN-2000, "
            "hãy chọn kinh tuyến trục (ở dòng lệnh: --meridian 105-00)."
        )
        raise RowRefusedError(msg)
    return shape


def _sound(geometry: shapely.Geometry) -> shapely.Geometry:
    """The geometry, repaired when it can be without becoming another thing."""
    if geometry.is_valid:
        return geometry
    why = shapely.is_valid_reason(geometry)
    repaired = _of_dimension(shapely.make_valid(geometry), shapely.get_dimensions(geometry))
    changed = abs(repaired.area - geometry.area)
    if repaired.is_empty or changed > REPAIRED_AREA_SHARE * max(repaired.area, geometry.area):
        msg = f"hình học sai và không sửa tự động được ({why}). Hãy sửa trong phần mềm GIS."
        raise RowRefusedError(msg)
    return repaired


def _of_dimension(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry:
    parts = [
        part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == dimension
    ]
    return shapely.union_all(parts) if parts else shapely.GeometryCollection()


def _plain_values(pairs: Any) -> Iterator[tuple[str, Any]]:
    for name, value in pairs:
        plain = value.item() if isinstance(value, np.generic) else value
        if plain is None or (isinstance(plain, float) and not math.isfinite(plain)):
            continue
        yield name, plain if isinstance(plain, str | int | float | bool) else str(plain)
