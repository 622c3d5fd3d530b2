"""Units with real or square boundaries, two operators, an officer."""

from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from pytest_django import Settings

from infra.ground.choices import OrganisationKind, Role, UnitLevel
from infra.models import AdministrativeUnit, Organisation, User
from tests.factories import make_organisation, make_user


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> None:
    """Imported files of a test stay in its folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(db: None) -> User:
    """Who imports."""
    return make_user(Role.OFFICER)


@pytest.fixture
def operators(db: None) -> list[Organisation]:
    """Four operators."""
    names = ("Viettel", "VNPT", "MobiFone", "Vietnamobile")
    return [make_organisation(n.lower(), OrganisationKind.OPERATOR, short_name=n) for n in names]


@pytest.fixture
def communes(db: None) -> dict[str, AdministrativeUnit]:
    """Two squares 0.1° wide: one in old Đồng Tháp, one 82 km east in old Tiền Giang."""
    squares = {"Cao Lãnh": (105.58, 10.41), "Mỹ Tho": (106.31, 10.31)}
    return {
        name: AdministrativeUnit.objects.create(
            code=f"9{number}",
            name=name,
            kind_name="Phường",
            level=UnitLevel.COMMUNE,
            valid_from="2025-07-01",
            boundary=MultiPolygon(Polygon.from_bbox((x, y, x + 0.1, y + 0.1)), srid=4326),
            boundary_is_approximate=False,
        )
        for number, (name, (x, y)) in enumerate(squares.items())
    }
