"""VN-2000 and WGS-84: the only place that knows coordinate systems.

The official seven parameters (QĐ 05/2007/QĐ-BTNMT, coordinate-frame convention) are pinned: PROJ
and PostGIS left to themselves choose another set for the Mekong delta, 0.81 m away.
VN-2000 X is the northing and Y the easting, as Vietnamese surveyors write them.
"""

from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from infra.ground import province

WGS84_SRID: Final = 4326
VN2000_GEOGRAPHIC_SRID: Final = 990000
DEFAULT_MERIDIANS: Final = province.MERIDIANS
MERIDIANS: Final = (
    *("103-00", "104-00", "104-30", "104-45", "105-00", "105-30", "105-45", "106-00", "106-15"),
    *("106-30", "107-00", "107-15", "107-30", "107-45", "108-00", "108-15", "108-30"),
)
# PROJ's +towgs84 is the position-vector convention: the signs of the rotations are turned.
TOWGS84: Final = (
    "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
)
_TM3: Final = "+lat_0=0 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"
_TO_WGS84_STEPS: Final = (
    "+step +proj=cart +ellps=WGS84"
    " +step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835"
    " +rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame"
    " +step +inv +proj=cart +ellps=WGS84"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)


class UnknownMeridianError(ValueError):
    """The central meridian is none of the TM-3 meridians of Việt Nam."""

    def __init__(self, meridian: str) -> None:
        super().__init__(f"unknown central meridian {meridian!r}; known: {', '.join(MERIDIANS)}")
        self.meridian = meridian


def meridian_degrees(meridian: str) -> float:
    """Degrees of a meridian written "105-45"; raises UnknownMeridianError."""
    if meridian not in MERIDIANS:
        raise UnknownMeridianError(meridian)
    degrees, minutes = meridian.split("-")
    return int(degrees) + int(minutes) / 60


def meridian_label(meridian: str) -> str:
    """`105°45′` for "105-45"."""
    return meridian.replace("-", "°") + "′"


def plane_srid(meridian: str) -> int:
    """The SRID of our own of the TM-3 plane, 990545 for "105-45"."""
    meridian_degrees(meridian)
    degrees, minutes = meridian.split("-")
    return VN2000_GEOGRAPHIC_SRID + (int(degrees) - 100) * 100 + int(minutes)


def proj4_of(meridian: str | None) -> str:
    """The proj4 text of the TM-3 plane, or of geographic VN-2000 for None, as in the database."""
    if meridian is None:
        return f"+proj=longlat +ellps=WGS84 +towgs84={TOWGS84} +no_defs"
    lon_0 = f"{meridian_degrees(meridian):g}"
    return f"+proj=tmerc +lon_0={lon_0} {_TM3} +towgs84={TOWGS84} +units=m +no_defs"


@lru_cache(maxsize=len(MERIDIANS) + 1)
def _pipeline(meridian: str | None) -> Transformer:
    if meridian is None:
        first = "+step +proj=unitconvert +xy_in=deg +xy_out=rad"
    else:
        first = f"+step +inv +proj=tmerc +lon_0={meridian_degrees(meridian):g} {_TM3}"
    return Transformer.from_pipeline(f"+proj=pipeline {first} {_TO_WGS84_STEPS}")


def to_wgs84(x_northing: float, y_easting: float, meridian: str) -> tuple[float, float]:
    """WGS-84 (lon, lat) in degrees of a VN-2000 plane point in metres."""
    lon, lat = _pipeline(meridian).transform(y_easting, x_northing)
    return lon, lat


def to_vn2000(lon: float, lat: float, meridian: str) -> tuple[float, float]:
    """VN-2000 (X northing, Y easting) in metres of a WGS-84 point in degrees."""
    easting, northing = _pipeline(meridian).transform(lon, lat, direction="INVERSE")
    return northing, easting


def vn2000_geographic_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """WGS-84 (lon, lat) of a VN-2000 longitude and latitude, all in degrees."""
    wgs_lon, wgs_lat = _pipeline(None).transform(lon, lat)
    return wgs_lon, wgs_lat


def wgs84_to_vn2000_geographic(lon: float, lat: float) -> tuple[float, float]:
    """VN-2000 (lon, lat) of a WGS-84 longitude and latitude, all in degrees."""
    vn_lon, vn_lat = _pipeline(None).transform(lon, lat, direction="INVERSE")
    return vn_lon, vn_lat


class ForeignSystemError(ValueError):
    """A file's coordinate system is none that can be read; the message is a Vietnamese sentence."""


_PLANES_BY_EPSG: Final = {
    "EPSG:5897": "105-00",
    "EPSG:5898": "108-00",
    "EPSG:5899": "107-45",
    "EPSG:9205": "103-00",
    "EPSG:9206": "104-00",
    "EPSG:9207": "104-30",
    "EPSG:9208": "104-45",
    "EPSG:9209": "105-30",
    "EPSG:9210": "105-45",
    "EPSG:9211": "106-00",
    "EPSG:9212": "106-15",
    "EPSG:9213": "106-30",
    "EPSG:9214": "107-00",
    "EPSG:9215": "107-15",
    "EPSG:9216": "107-30",
    "EPSG:9217": "108-15",
    "EPSG:9218": "108-30",
}
_WGS84_NAMES: Final = frozenset({"", "EPSG:4326", "EPSG:4979", "OGC:CRS84", "OGC:CRS84h"})


def shape_to_wgs84(
    shape: shapely.Geometry, system: str | None, meridian: str | None
) -> shapely.Geometry:
    """A shape of a file in WGS-84 degrees; a meridian given by a person goes before the file.

    Raises ForeignSystemError for systems other than WGS-84 and VN-2000, UnknownMeridianError.
    """
    plane = meridian or _PLANES_BY_EPSG.get(system or "")
    if plane is not None:
        return _transformed(shape, _pipeline(plane))
    if system == "EPSG:4756":
        return _transformed(shape, _pipeline(None))
    if (system or "") in _WGS84_NAMES:
        return shape
    msg = (
        f"Tệp dùng hệ tọa độ {system}, chưa đọc được. "
        "Hãy chuyển tệp sang WGS-84 (EPSG:4326) hoặc VN-2000 rồi nạp lại."
    )
    raise ForeignSystemError(msg)


def _transformed(shape: shapely.Geometry, pipeline: Transformer) -> shapely.Geometry:
    return shapely.transform(
        shape, lambda xy: np.column_stack(pipeline.transform(xy[:, 0], xy[:, 1]))
    )
