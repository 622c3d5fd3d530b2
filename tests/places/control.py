"""Control points computed from the official parameters by PROJ and by independent arithmetic."""

from typing import NamedTuple


class ControlPoint(NamedTuple):
    """A WGS-84 point and what it is in VN-2000: X northing and Y easting in metres, degrees."""

    lat: float
    lon: float
    meridian: str
    x: float
    y: float
    vn_lat: float
    vn_lon: float


CONTROL = [
    ControlPoint(10.4602, 105.6321, "105-00", 1156822.472, 569001.844, 10.46121259, 105.63031297),
    ControlPoint(10.4602, 105.6321, "105-45", 1156756.041, 486897.818, 10.46121259, 105.63031297),
    ControlPoint(10.8735, 105.458, "105-00", 1202502.358, 549874.566, 10.87451108, 105.45621013),
    ControlPoint(10.36, 106.36, "105-45", 1145735.536, 566603.933, 10.36101681, 106.35821530),
    ControlPoint(10.278, 106.63, "105-00", 1137055.354, 678367.019, 10.27901838, 106.62821649),
]
