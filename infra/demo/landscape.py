"""The landscape over the units as they stand in the database, drawn once per process."""

from functools import cache

import shapely

from infra.demo.geography.frame import Feature
from infra.demo.geography.ground import Commune, Ground
from infra.demo.geography.province import build_province
from infra.demo.geography.spots import Spot, spots
from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit

_WARD = "Phường"


def ground() -> Ground:
    """Today's communes; the province is what they cover together."""
    units = AdministrativeUnit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None)
    communes = tuple(
        Commune(
            str(unit),
            unit.name,
            unit.kind_name == _WARD,
            unit.point.x,
            unit.point.y,
            shapely.from_wkb(bytes(unit.boundary.wkb)),
        )
        for unit in units.order_by("code")
        if unit.point and unit.boundary
    )
    whole = shapely.union_all([commune.area for commune in communes])
    return Ground(whole, communes)


@cache
def landscape() -> tuple[Feature, ...]:
    """Every feature; kept, because what else the demo places asks for it again."""
    return tuple(build_province(ground()))


def mast_spots() -> list[Spot]:
    """Where the demo's masts may stand."""
    return spots(landscape(), ground())
