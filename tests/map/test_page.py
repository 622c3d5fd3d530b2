"""The page and what it hands to the component."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from infra.ground.registry import BoundTwice
from infra.map.registry import LayerSpec, register_layer
from infra.models import User
from sites.register.layers import _mast_spec
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text

pytestmark = pytest.mark.django_db


def configured(client: Client, person: User | None) -> dict[str, Any]:
    """The configuration that stands in the page."""
    client.logout()
    if person:
        client.force_login(person)
    html = page_text(client.get("/ban-do/"))
    found = re.search(r'<script id="map-config" type="application/json">(.*?)</script>', html)
    assert found
    config: dict[str, Any] = json.loads(found[1])
    return config


def test_each_role_is_offered_its_own_layers(cast: Cast, client: Client) -> None:
    def keys(person: User | None) -> set[str]:
        return {layer["key"] for layer in configured(client, person)["layers"]}

    assert {"masts", "stations", "candidates", "routes"} <= keys(cast.officer)
    assert "masts_public" not in keys(cast.officer)
    assert {"masts_public", "routes", "roads"} <= keys(None)
    assert keys(None).isdisjoint({"masts", "stations", "candidates"})


def test_the_list_is_there_without_a_script(cast: Cast, client: Client) -> None:
    make_mast(code="CỘT-0001", grade="D")
    client.force_login(cast.officer)
    assert "CỘT-0001" in page_text(client.get("/ban-do/"))


def test_no_address_outside_is_in_the_page_unless_configured(
    client: Client, settings: Settings
) -> None:
    assert configured(client, None)["online"] is None
    settings.ONLINE_BASEMAP_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.ONLINE_BASEMAP_ATTRIBUTION = "© Example"
    assert configured(client, None)["online"]["attribution"] == "© Example"


def test_a_layer_key_is_taken_once() -> None:
    spec = _mast_spec()
    other = LayerSpec(**{**spec.__dict__, "title": "khác"})
    with pytest.raises(BoundTwice, match="masts"):
        register_layer(other)
