"""Which tile a place lies in, reckoned apart from the code under test."""

import math

from tests.factories import CAO_LANH


def tile_of(zoom: int, at: tuple[float, float] = CAO_LANH) -> tuple[int, int]:
    """Column and row of longitude, latitude."""
    lon, lat = at
    y = (1 - math.log(math.tan(math.radians(lat)) + 1 / math.cos(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**zoom), int(y * 2**zoom)
