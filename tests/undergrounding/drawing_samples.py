"""Routes and the ground under them, made in one line."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from infra.ground.choices import ConstraintKind, Role, UnitLevel
from infra.models import AdministrativeUnit, ConstraintDataset, ConstraintFeature, User
from tests.factories import make_user
from undergrounding.drawing import Save, read_save
from undergrounding.models import Route
from undergrounding.services.routes import route_save

STREET: tuple[tuple[float, ...], ...] = (
    (105.6321, 10.4602),
    (105.63345678901234, 10.46031),
    (105.6361, 10.4609),
    (105.638, 10.461),
)


def body(**changes: Any) -> dict[str, Any]:
    """The JSON body of a save: a street of two segments, told completely."""
    told = {"method": "open_trench_pavement", "surface": "pavement", "cover_depth_m": 0.6}
    plain: dict[str, Any] = {
        "name": "Nguyễn Huệ",
        "street": "Nguyễn Huệ",
        "vertices": [list(vertex) for vertex in STREET],
        "segments": [
            {"start": 0, "end": 2, "duct_count": 4, **told},
            {"start": 2, "end": 3, "method": "hdd", "surface": "road", "cover_depth_m": 1.2},
        ],
        "version": None,
        "save_id": str(uuid4()),
    }
    return plain | changes


def save(**changes: Any) -> Save:
    """The same, read."""
    return read_save(body(**changes))


def make_route(planner: User | None = None, uuid: UUID | None = None, **changes: Any) -> Route:
    """A draft drawn by a planner."""
    actor = planner or make_user(Role.PLANNER)
    return route_save(actor=actor, uuid=uuid or uuid4(), save=save(**changes))


def box(west: float, south: float, east: float, north: float) -> Polygon:
    """A rectangle in degrees."""
    return Polygon.from_bbox((west, south, east, north))


def make_commune(
    shape: Polygon | None = None, *, approximate: bool = False, name: str = "Cao Lãnh"
) -> AdministrativeUnit:
    """A ward with a boundary; by default one that holds the whole street."""
    return AdministrativeUnit.objects.create(
        code=f"u{AdministrativeUnit.objects.count()}",
        name=name,
        kind_name="Phường",
        level=UnitLevel.COMMUNE,
        valid_from=date(2025, 7, 1),
        boundary=MultiPolygon(shape or box(105.6, 10.4, 105.7, 10.5), srid=4326),
        boundary_source="Trial boundary",
        boundary_is_approximate=approximate,
    )


def make_water(*shapes: tuple[str, GEOSGeometry]) -> ConstraintDataset:
    """A current layer of named rivers and canals."""
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.WATER, version=1, source="Trial", source_date=date(2026, 1, 1)
    )
    for name, shape in shapes:
        ConstraintFeature.objects.create(
            dataset=dataset, kind=ConstraintKind.WATER, name=name, geometry=shape
        )
    return dataset
