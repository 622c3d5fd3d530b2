"""Typed words, as people type them: in the register, in the box of every page, on the map."""

from collections.abc import Iterator

from script.lib.bench import Row
from script.lib.bench_province import RARE
from script.lib.bench_world import OFFICER, OPERATOR, World
from sites.models import Mast

ADDRESSES = {"register": "sites:mast_list", "box": "search", "map": "map:search"}


def typed() -> dict[str, str]:
    """What is typed, by what it is; a part of the newest mast's code among it."""
    code = Mast.objects.latest("pk").code
    return {
        "two letters": "ca",
        "common, no accents": "my hiep",
        "street": "nguyen hue",
        "rare": RARE.casefold(),
        "typo": "cao lanjh",
        "part of a code": code[-6:],
        "whole code": code,
        "nothing like it": "zxqwvk",
    }


def bench(world: World) -> Iterator[Row]:
    """Every kind of word at each of the three places."""
    for place, address in ADDRESSES.items():
        for name, text in typed().items():
            yield world.page(f"{place}, {name}", OFFICER, address, {"q": text})
    yield world.page(
        "register, common, operator", OPERATOR, ADDRESSES["register"], {"q": "my hiep"}
    )
