"""The map to hand on: bounded, scoped, free of addresses and of running values."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import LineString
from django.test import Client
from pytest_django import Settings

from infra.ground.choices import ConstraintKind
from infra.map.registry import layer_for
from infra.models import ConstraintDataset, ConstraintFeature
from tests.cast import Cast
from tests.factories import CAO_LANH, make_mast
from tests.reading import page_text

pytestmark = pytest.mark.django_db
VIEW = "/ban-do/gui-di/?bbox=105.6,10.4,105.7,10.5&layers=masts"


def test_no_script_style_or_picture_is_asked_of_the_network(cast: Cast, client: Client) -> None:
    make_mast()
    client.force_login(cast.officer)
    html = page_text(client.get(VIEW))
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", html) == []
    assert "Leaflet 1.9" in html


def test_names_and_titles_are_text_even_for_a_template(cast: Cast, client: Client) -> None:
    make_mast(code="</script><script>alert(1)</script>", name="{{ 7*7 }}")
    client.force_login(cast.officer)
    html = page_text(client.get(VIEW + "&title=<script>alert(2)</script>{{ 6*7 }}"))
    assert "<script>alert" not in html
    assert not re.search(r"\b(49|42)\b", html.split("Leaflet 1.9")[0])
    assert '"49"' not in html
    assert "{{ 6*7 }}" in html


def test_a_rival_hands_on_nothing_of_another_operator(cast: Cast, client: Client) -> None:
    make_mast(code="CỘT-CỦA-A", owner=cast.operator.organisation)
    client.force_login(cast.rival)
    assert "C\\u1ed8T-C\\u1ee6A-A" not in page_text(client.get(VIEW))
    client.force_login(cast.operator)
    assert "C\\u1ed8T-C\\u1ee6A-A" in page_text(client.get(VIEW))


def test_hoang_sa_and_truong_sa_are_always_in_it(client: Client) -> None:
    html = page_text(client.get("/ban-do/gui-di/?bbox=105.6,10.4,105.7,10.5"))
    assert "Hoàng Sa (Việt Nam)" in html


def test_demo_mode_bears_its_banner(client: Client, settings: Settings) -> None:
    settings.DEMO_MODE = True
    assert "DỮ LIỆU MINH HỌA" in page_text(client.get("/ban-do/gui-di/?bbox=105.6,10.4,105.7,10.5"))


def test_a_view_that_is_too_wide_is_refused_with_a_sentence(client: Client) -> None:
    response = client.get("/ban-do/gui-di/?bbox=100,5,110,15")
    assert response.status_code == 400
    assert response.json()["sentences"]


def test_the_ground_is_handed_on_as_the_map_draws_it(client: Client) -> None:
    lon, lat = CAO_LANH
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.ROAD, version=1, source="thử", source_date="2026-01-01"
    )
    ConstraintFeature.objects.create(
        dataset=dataset,
        kind=dataset.kind,
        properties={"class": "trunk"},
        geometry=LineString((lon - 0.01, lat), (lon + 0.01, lat)),
    )
    html = page_text(client.get("/ban-do/gui-di/?bbox=105.6,10.45,105.66,10.48"))
    spec = layer_for(AnonymousUser(), "roads")
    assert spec
    assert spec.style
    for stroke in spec.style.sign_of("trunk").strokes:
        assert f'"color": "{stroke.color}"' in html
