"""The province as the demo has it, and a corner of it, without a database."""

from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.ground import Commune, Ground
from infra.ground.choices import UnitLevel
from infra.places.territory import voronoi
from infra.places.territory.source import units_since_2025, units_until_2025

# A river, Hồng Ngự, and rice country up to the border.
CORNER = box(105.30, 10.74, 105.48, 10.86)


def whole() -> Ground:
    """Today's communes with guessed areas."""
    former = [row for row in units_until_2025() if row.level == UnitLevel.COMMUNE]
    bounds = (row.bounds for row in former if row.bounds)
    return _ground(voronoi.outline(bounds, (row.point for row in former)))


def corner() -> Ground:
    """A few communes only, quickly drawn."""
    return _ground(CORNER)


def _ground(outline: BaseGeometry) -> Ground:
    rows = [row for row in units_since_2025() if row.level == UnitLevel.COMMUNE]
    cells = voronoi.cells({row.code: row.point for row in rows}, outline)
    communes = tuple(
        Commune(
            f"{row.kind_name} {row.name}",
            row.name,
            row.kind_name == "Phường",
            *row.point,
            cells[row.code],
        )
        for row in sorted(rows, key=lambda row: row.code)
        if outline.contains(Point(row.point))
    )
    return Ground(outline, communes)
