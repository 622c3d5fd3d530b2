"""A corner of the demo's landscape, written to the database and read as the map reads it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.db.models import Count

from infra.demo.constraints import load_constraints
from infra.demo.landscape import landscape
from infra.ground.choices import ConstraintKind, UnitLevel
from infra.map.layers import constraint_rows, greens_at_zoom, waters_at_zoom
from infra.models import AdministrativeUnit, ConstraintDataset, ConstraintFeature
from tests.demo.grounds import corner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units() -> Iterator[None]:
    for number, commune in enumerate(corner().communes):
        area = GEOSGeometry(memoryview(commune.area.wkb), srid=4326)
        AdministrativeUnit.objects.create(
            code=f"x{number}",
            name=commune.name,
            kind_name=commune.label.split()[0],
            level=UnitLevel.COMMUNE,
            valid_from=date(2025, 7, 1),
            point=Point(commune.lon, commune.lat, srid=4326),
            boundary=area if isinstance(area, MultiPolygon) else MultiPolygon(area),
        )
    landscape.cache_clear()
    yield
    landscape.cache_clear()


def shown(kind: ConstraintKind, zoom: int) -> set[str]:
    """The classes of a layer that a zoom shows."""
    at_zoom = {ConstraintKind.WATER: waters_at_zoom, ConstraintKind.GREEN: greens_at_zoom}[kind]
    rows = at_zoom(constraint_rows(kind, AnonymousUser()), zoom)
    return set(rows.values_list("properties__class", flat=True))


def test_the_landscape_is_loaded_once_as_sealed_and_illustrative_layers() -> None:
    load_constraints(lambda _line: None)
    datasets = ConstraintDataset.objects.annotate(held=Count("features"))
    assert {"road", "house", "water", "green", "school"} <= {row.kind for row in datasets}
    assert all(row.is_illustrative and row.is_sealed and row.is_current for row in datasets)
    assert all(row.held == row.feature_count > 0 for row in datasets)
    before = ConstraintFeature.objects.count()
    load_constraints(lambda _line: None)
    assert ConstraintFeature.objects.count() == before
    road = ConstraintFeature.objects.filter(properties__ref="QL.30").first()
    assert road is not None
    assert (road.name, road.properties["class"]) == ("Quốc lộ 30", "trunk")


def test_a_start_that_finds_every_layer_draws_nothing() -> None:
    for kind in ConstraintKind:
        ConstraintDataset.objects.create(
            kind=kind, version=1, source="thử", source_date=date(2026, 1, 1), is_current=True
        )
    load_constraints(lambda _line: None)
    assert landscape.cache_info().misses == 0


def test_what_is_small_shows_only_from_near() -> None:
    load_constraints(lambda _line: None)
    assert shown(ConstraintKind.WATER, 9) == {"river"}
    assert shown(ConstraintKind.WATER, 11) == {"river", "canal"}
    assert {"river", "canal", "ditch"} <= shown(ConstraintKind.WATER, 12)
    green = constraint_rows(ConstraintKind.GREEN, AnonymousUser())
    near, far = greens_at_zoom(green, 12), greens_at_zoom(green, 11)
    assert 0 < far.count() < near.count() / 10
    assert not near.filter(properties__detail="far").exists()
    assert not far.filter(properties__detail="near").exists()


def test_a_layer_of_the_offices_own_without_these_words_shows_at_every_zoom() -> None:
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.WATER, version=1, source="kiểm thử", source_date=date(2026, 1, 1)
    )
    ConstraintFeature.objects.create(
        dataset=dataset,
        kind=ConstraintKind.WATER,
        geometry=Point(105.4, 10.8, srid=4326).buffer(0.01),
    )
    rows = constraint_rows(ConstraintKind.WATER, AnonymousUser())
    assert [waters_at_zoom(rows, zoom).count() for zoom in (6, 9, 11, 14)] == [1, 1, 1, 1]
    assert [greens_at_zoom(rows, zoom).count() for zoom in (6, 11, 12)] == [1, 1, 1]
