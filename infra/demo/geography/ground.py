"""What the landscape is drawn over: the province's outline and its communes."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Commune:
    """A commune or ward: how it is called, its centre and its area in degrees."""

    label: str
    name: str
    is_ward: bool
    lon: float
    lat: float
    area: BaseGeometry


@dataclass(frozen=True)
class Ground:
    """The outline in degrees, and the communes in a fixed order."""

    outline: BaseGeometry
    communes: tuple[Commune, ...]
