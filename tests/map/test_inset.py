"""The small map of a document."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.gis.geos import Polygon
from pytest_django import Settings

from infra.ground.choices import ConstraintKind
from infra.map.inset import inset_svg
from infra.map.paper import Plane, nice_length
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.geo.measure import destination
from tests.factories import CAO_LANH, make_mast

pytestmark = pytest.mark.django_db


def feature(geometry: object, **properties: object) -> dict[str, object]:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(lon: float, lat: float) -> dict[str, object]:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def test_labels_are_text_and_the_picture_is_sound_xml() -> None:
    mast = make_mast()
    place = feature(point(*CAO_LANH), label='<i onload="x">Cột & bể</i>', tone="new")
    svg = inset_svg(mast.point, radius_m=200, features=[place])
    texts = [node.text for node in ET.fromstring(svg).iter() if node.tag.endswith("text")]  # noqa: S314
    assert '<i onload="x">Cột & bể</i>' in texts


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    mast = make_mast()
    plane = Plane.fitting((105.63, 10.45, 105.64, 10.46), 160, 95)
    metres = nice_length(plane.metres_per_mm * 40)
    east = destination(mast.point, 90, metres)
    x0, _ = plane.at(mast.point.x, 10.455)
    x1, _ = plane.at(east.x, 10.455)
    assert (x1 - x0) == pytest.approx(metres / plane.metres_per_mm, rel=0.01)


def test_houses_are_drawn_near_and_left_out_far() -> None:
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.HOUSE, version=1, source="thử", source_date="2026-01-01"
    )
    lon, lat = CAO_LANH
    ConstraintFeature.objects.create(
        dataset=dataset,
        kind=dataset.kind,
        geometry=Polygon.from_bbox((lon, lat, lon + 0.0002, lat + 0.0002)),
    )
    mast = make_mast()
    assert "#e3e0da" in inset_svg(mast.point, radius_m=200)
    assert "#e3e0da" not in inset_svg(mast.point, radius_m=5000)


def test_an_extent_at_the_sea_shows_hoang_sa_and_truong_sa() -> None:
    province = inset_svg((105.15, 9.95, 106.85, 10.98))
    assert "Hoàng Sa (Việt Nam)" in province
    assert "Trường Sa (Việt Nam)" in province
    assert "Hoàng Sa" not in inset_svg((105.62, 10.45, 105.64, 10.47))


def test_demo_mode_is_written_on_the_picture(settings: Settings) -> None:
    assert "MINH HỌA" not in inset_svg((105.62, 10.45, 105.64, 10.47))
    settings.DEMO_MODE = True
    assert "DỮ LIỆU MINH HỌA" in inset_svg((105.62, 10.45, 105.64, 10.47))
