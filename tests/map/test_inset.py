"""The small map of a document."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString, Polygon
from pytest_django import Settings

from infra.ground.choices import ConstraintKind
from infra.map.inset import inset_svg
from infra.map.paper import Plane, nice_length
from infra.map.registry import layer_for
from infra.map.style import Style
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.geo.measure import circle, destination
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
    color = fill_of("houses")
    assert color in inset_svg(mast.point, radius_m=200)
    assert color not in inset_svg(mast.point, radius_m=5000)


def test_the_ground_of_a_paper_is_drawn_and_named_as_the_map_draws_it() -> None:
    lon, lat = CAO_LANH
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.ROAD, version=1, source="thử", source_date="2026-01-01"
    )
    for north, name, properties in (
        (0.0, "Quốc lộ 30", {"class": "trunk"}),
        (0.002, "Lộ liên ấp", {"class": "residential"}),
        (-0.002, "Đường ven kênh", {"class": "secondary", "ref": "ĐT.844"}),
    ):
        ConstraintFeature.objects.create(
            dataset=dataset,
            kind=dataset.kind,
            name=name,
            properties=properties,
            geometry=LineString((lon - 0.01, lat + north), (lon + 0.01, lat + north)),
        )
    near = inset_svg(make_mast().point, radius_m=500)
    style = style_of("roads")
    for name in ("trunk", "residential", "secondary"):
        assert all(stroke.color in near for stroke in style.sign_of(name).strokes)
    assert texts_of(near) >= {"QL.30", "ĐT.844", "Quốc lộ 30", "Lộ liên ấp", "Đường ven kênh"}
    far = texts_of(inset_svg((lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2)))
    assert "QL.30" in far
    assert "Lộ liên ấp" not in far


def test_a_fall_circle_is_a_circle_of_its_metres() -> None:
    mast = make_mast()
    fall = feature({**point(*CAO_LANH), "radius_m": 45}, label="bán kính đổ 45 m")
    svg = inset_svg(mast.point, radius_m=90, features=[fall])
    (ring,) = [
        node
        for node in ET.fromstring(svg).iter()  # noqa: S314 - our own picture
        if node.tag.endswith("circle") and float(node.get("r", "0")) > 5
    ]
    plane = Plane.fitting(circle(mast.point, 90).extent, 160, 95)
    assert float(ring.get("r", "0")) == pytest.approx(45 / plane.metres_per_mm, rel=0.001)
    assert "bán kính đổ 45 m" in texts_of(svg)
    # What PostGIS calls 45 m to the north lies on the ring.
    north = destination(mast.point, 0, 45)
    _x, y = plane.at(north.x, north.y)
    middle = float(ring.get("cy", "0"))
    assert middle - y == pytest.approx(float(ring.get("r", "0")), rel=0.01)


def style_of(key: str) -> Style:
    """How the map draws a layer."""
    spec = layer_for(AnonymousUser(), key)
    assert spec
    assert spec.style
    return spec.style


def fill_of(key: str) -> str:
    """The colour of a layer's areas."""
    return style_of(key).signs[0].fill


def texts_of(svg: str) -> set[str]:
    """Every word written on a picture."""
    return {node.text or "" for node in ET.fromstring(svg).iter() if node.tag.endswith("text")}  # noqa: S314


def test_an_extent_at_the_sea_shows_hoang_sa_and_truong_sa() -> None:
    province = inset_svg((105.15, 9.95, 106.85, 10.98))
    assert "Hoàng Sa (Việt Nam)" in province
    assert "Trường Sa (Việt Nam)" in province
    assert "Hoàng Sa" not in inset_svg((105.62, 10.45, 105.64, 10.47))


def test_demo_mode_is_written_on_the_picture(settings: Settings) -> None:
    assert "MINH HỌA" not in inset_svg((105.62, 10.45, 105.64, 10.47))
    settings.DEMO_MODE = True
    assert "DỮ LIỆU MINH HỌA" in inset_svg((105.62, 10.45, 105.64, 10.47))
