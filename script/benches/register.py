"""The register: plain, in every order, filtered, and what is beside it on the map."""

from collections.abc import Iterator

from infra.models import Organisation
from infra.places.territory.selectors import units_on
from script.lib.bench import Row
from script.lib.bench_world import OFFICER, OPERATOR, World
from sites.models import Mast
from sites.register.selectors.orders import SORTS

LIST = "sites:mast_list"


def bench(world: World) -> Iterator[Row]:
    """A page of the register as the officer and an operator open it."""
    yield world.page("plain", OFFICER, LIST)
    yield world.page("plain, operator", OPERATOR, LIST)
    for sort in SORTS:
        yield world.page(f"sorted by {sort}", OFFICER, LIST, {"sort": sort})
    yield world.page("page 500", OFFICER, LIST, {"page": "500"})
    owner = Organisation.objects.get(code="vnpt")
    newest = Mast.objects.latest("pk")
    commune = units_on().filter(boundary__covers=newest.point).first()
    filters = {
        "grade D": {"grade": "D"},
        "owner": {"owner": str(owner.pk)},
        "class and status": {"mast_class": "A2b", "status": "on_air"},
        "EMF expired": {"emf": "expired"},
    }
    if commune is not None:
        filters["commune"] = {"commune": commune.code}
    for name, query in filters.items():
        yield world.page(f"filtered by {name}", OFFICER, LIST, query)
