"""What a person opens first: home by role, the lists of surveys and dossiers, the data page."""

from collections.abc import Iterator

from script.lib.bench import Row
from script.lib.bench_world import HEAD, INSPECTOR, OFFICER, OPERATOR, World


def bench(world: World) -> Iterator[Row]:
    """Pages that are open all day."""
    people = {"inspector": INSPECTOR, "officer": OFFICER, "operator": OPERATOR, "head": HEAD}
    for name, who in people.items():
        yield world.page(f"home, {name}", who, "home")
    yield world.page("surveys", INSPECTOR, "sites:inspection_list")
    yield world.page("dossiers", OFFICER, "sites:dossier_list")
    yield world.page("dossiers, operator", OPERATOR, "sites:dossier_list")
