"""What a person opens first: home by role, the lists of surveys and dossiers, the data page."""

from collections.abc import Iterator

from infra.models import Dossier
from script.lib.bench import Row
from script.lib.bench_world import HEAD, INSPECTOR, OFFICER, OPERATOR, World
from sites.models import Inspection


def bench(world: World) -> Iterator[Row]:
    """Pages that are open all day."""
    people = {"inspector": INSPECTOR, "officer": OFFICER, "operator": OPERATOR, "head": HEAD}
    for name, who in people.items():
        yield world.page(f"home, {name}", who, "home")
    visits, dossiers = Inspection.objects.count(), Dossier.objects.count()
    yield world.page(f"surveys ({_share(visits, world.size)})", INSPECTOR, "sites:inspection_list")
    yield world.page(f"dossiers ({_share(dossiers, world.size)})", OFFICER, "sites:dossier_list")
    yield world.page("dossiers, operator", OPERATOR, "sites:dossier_list")


def _share(rows: int, masts: int) -> str:
    """The same words at every size, so that rows of two sizes meet."""
    return f"1 per {max(round(masts / max(rows, 1)), 1)} masts"
