"""Tiles asked for as a browser does, and decoded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
import pytest
from django.test import Client

from infra.models import User
from tests.map.tiling import tile_of

Ask = Callable[..., "Decoded"]


@dataclass(frozen=True)
class Decoded:
    """A tile's response with its layers: key → list of properties, and the raw features."""

    response: Any
    layers: dict[str, Any]

    def properties(self, layer: str) -> list[dict[str, Any]]:
        """The properties of a layer's features; none where the tile lacks the layer."""
        return [one["properties"] for one in self.layers.get(layer, {}).get("features", [])]

    def counted(self, layer: str) -> int:
        """How many features the clusters of a layer stand for."""
        return sum(one["n"] for one in self.properties(layer))


@pytest.fixture
def ask(client: Client) -> Ask:
    """`ask(person, "masts", 9, query)`: the tile of that zoom around Cao Lãnh."""

    def asking(
        person: User | None, layers: str, zoom: int, query: str = "", **headers: str
    ) -> Decoded:
        client.logout()
        if person is not None:
            client.force_login(person)
        x, y = tile_of(zoom)
        response = client.get(f"/ban-do/o/{layers}/{zoom}/{x}/{y}.mvt{query}", headers=headers)
        is_tile = response.status_code == 200 and not response.headers.get("Content-Encoding")
        return Decoded(response, mapbox_vector_tile.decode(response.content) if is_tile else {})

    return asking
