"""The small map of a mast's printed sheet."""

import json

from infra.map.inset import inset_svg
from sites.choices import OperatingStatus
from sites.models import Mast
from sites.register.selectors.fall_circle import circle_feature, fall_radius

AROUND_M = 160.0
SIZE_MM = (180.0, 82.0)


def mast_sketch(mast: Mast, *, with_circle: bool) -> str:
    """The mast's surroundings as SVG, its fall circle with them where the reader may know it."""
    properties = {"tone": "new", "label": mast.code}
    geometry = json.loads(mast.point.json)
    place = {"type": "Feature", "geometry": geometry, "properties": properties}
    stands = mast.operating_status != OperatingStatus.DISMANTLED
    radius_m = fall_radius(mast)[1] if with_circle and stands else None
    if not radius_m:
        return inset_svg(mast.point, radius_m=AROUND_M, features=[place], size_mm=SIZE_MM)
    reach = circle_feature(mast.point, radius_m)
    reach["properties"] |= {"label": reach["properties"]["title"], "dashed": True}
    shown_m = max(AROUND_M, 1.3 * radius_m)
    return inset_svg(mast.point, radius_m=shown_m, features=[reach, place], size_mm=SIZE_MM)
