"""Writes of administrative units: loading, boundaries of the office's own or guessed ones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import shapely
from django.contrib.gis.geos import GEOSGeometry, Point
from django.contrib.gis.geos import MultiPolygon as Boundary
from django.db import transaction
from shapely.geometry import MultiPolygon

from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit, UnitSuccession
from infra.places.geo.crs import WGS84_SRID
from infra.places.territory import voronoi
from infra.places.territory.source import (
    LAST_OF_2024,
    PACKAGE,
    TWO_TIERS_FROM,
    UnitKey,
    UnitRow,
    successions,
    units_since_2025,
    units_until_2025,
)

DERIVED_SOURCE = f"Ước lượng từ điểm của {PACKAGE} (đa giác Voronoi), không phải địa giới"


@dataclass(frozen=True, slots=True)
class LoadedUnits:
    """How many units and successions stand after a load."""

    units: int
    successions: int


@transaction.atomic
def units_load() -> LoadedUnits:
    """Create or renew every unit and succession of the source; boundaries are left alone."""
    rows = [*units_until_2025(), *units_since_2025()]
    stored: dict[UnitKey, AdministrativeUnit] = {}
    for level in UnitLevel:
        tier = {row.key: _as_unit(row, stored) for row in rows if row.level == level}
        AdministrativeUnit.objects.bulk_create(
            tier.values(),
            update_conflicts=True,
            unique_fields=["code", "level", "valid_from"],
            update_fields=["name", "kind_name", "valid_to", "parent", "point"],
        )
        stored |= tier
    pairs = list(successions())
    UnitSuccession.objects.bulk_create(
        [
            UnitSuccession(
                predecessor=stored[pair.predecessor],
                successor=stored[pair.successor],
                is_whole=pair.is_whole,
                source=pair.source,
            )
            for pair in pairs
        ],
        update_conflicts=True,
        unique_fields=["predecessor", "successor"],
        update_fields=["is_whole", "source"],
    )
    return LoadedUnits(len(stored), len(pairs))


def _as_unit(row: UnitRow, stored: Mapping[UnitKey, AdministrativeUnit]) -> AdministrativeUnit:
    return AdministrativeUnit(
        code=row.code,
        name=row.name,
        kind_name=row.kind_name,
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        parent=stored[row.parent] if row.parent else None,
        point=Point(*row.point, srid=WGS84_SRID),
    )


@transaction.atomic
def boundaries_derive() -> int:
    """Guess the boundary of every unit that has none of the office's own; the number written.

    The communes of 2024 are Voronoi cells of their points; those of 2025 and all higher tiers are
    made of them, so that a place keeps its neighbours from one date to the next.
    """
    guessed = _guessed_boundaries()
    waiting = AdministrativeUnit.objects.filter(boundary_is_approximate=True)
    changed = []
    for unit in waiting:
        shape = guessed.get((unit.code, unit.level, unit.valid_from))
        if shape is not None and not shape.is_empty:
            unit.boundary = as_boundary(shape)
            unit.boundary_source = DERIVED_SOURCE
            changed.append(unit)
    AdministrativeUnit.objects.bulk_update(changed, ["boundary", "boundary_source"], batch_size=200)
    return len(changed)


def _guessed_boundaries() -> dict[UnitKey, MultiPolygon]:
    communes = [row for row in units_until_2025() if row.level == UnitLevel.COMMUNE]
    within = voronoi.outline(
        (row.bounds for row in communes if row.bounds), (row.point for row in communes)
    )
    standing = [row for row in communes if row.valid_to != LAST_OF_2024]
    cut = voronoi.cells({row.code: row.point for row in standing}, within)
    guessed = {row.key: cut[row.code] for row in standing if row.code in cut}
    guessed |= _of_2024(guessed)
    guessed |= _of_successors(guessed)
    return guessed | _of_parents(guessed)


def _of_2024(cells: Mapping[UnitKey, MultiPolygon]) -> dict[UnitKey, MultiPolygon]:
    """The communes merged on 01/01/2025 share out the cell of what they became."""
    points = {row.key: row.point for row in units_until_2025() if row.valid_to == LAST_OF_2024}
    partners: dict[UnitKey, dict[UnitKey, tuple[float, float]]] = defaultdict(dict)
    for pair in successions():
        if pair.predecessor in points:
            partners[pair.successor][pair.predecessor] = points[pair.predecessor]
    return {
        former: shape
        for successor, share in partners.items()
        for former, shape in voronoi.cells(share, cells[successor]).items()
    }


def _of_successors(cells: Mapping[UnitKey, MultiPolygon]) -> dict[UnitKey, MultiPolygon]:
    parts: dict[UnitKey, list[MultiPolygon]] = defaultdict(list)
    for pair in successions():
        if pair.is_main and pair.successor[2] == TWO_TIERS_FROM and pair.predecessor in cells:
            parts[pair.successor].append(cells[pair.predecessor])
    return {unit: voronoi.merged(shapes) for unit, shapes in parts.items()}


def _of_parents(cells: Mapping[UnitKey, MultiPolygon]) -> dict[UnitKey, MultiPolygon]:
    rows = [*units_until_2025(), *units_since_2025()]
    merged: dict[UnitKey, MultiPolygon] = {}
    for level in (UnitLevel.COMMUNE, UnitLevel.DISTRICT):
        parts: dict[UnitKey, list[MultiPolygon]] = defaultdict(list)
        for row in rows:
            shape = cells.get(row.key) or merged.get(row.key)
            if row.level == level and row.parent and shape is not None:
                parts[row.parent].append(shape)
        merged |= {unit: voronoi.merged(shapes) for unit, shapes in parts.items()}
    return merged


def as_geos(shape: shapely.Geometry) -> GEOSGeometry:
    """A shapely geometry in degrees as the one Django stores."""
    return GEOSGeometry(memoryview(shapely.to_wkb(shape, output_dimension=2)), srid=WGS84_SRID)


def as_boundary(shape: MultiPolygon) -> Boundary:
    """A boundary as the one Django stores."""
    return cast("Boundary", as_geos(shape))
