"""The map: its page, its list over the province and over a town, a click."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from infra.ground.province import HOME_BOX
from script.lib.bench import Row
from script.lib.bench_world import OFFICER, OPERATOR, World

TOWN = (105.60, 10.44, 105.66, 10.48)
HERE = {"lon": "105.6321", "lat": "10.4602"}


def bench(world: World) -> Iterator[Row]:
    """What the panel beside the map asks when it is moved."""
    yield world.page("page", OFFICER, "map:page")
    for name, box in (("province", HOME_BOX), ("town", TOWN)):
        query = {"layers": "masts", "bbox": ",".join(map(str, box))}
        yield world.page(f"list, {name}", OFFICER, "map:list", query)
        yield world.page(f"list, {name}, operator", OPERATOR, "map:list", query)
    click = {"layers": "masts", "zoom": "15", **HERE}
    yield world.got("click", OFFICER, f"{reverse('map:identify')}?{urlencode(click)}")
