"""The columns of an export, and rows read in chunks: public columns for the public."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infra.models import AdministrativeUnit
from sites.models import Mast
from sites.register.selectors.masts import units_of

CHUNK = 1000
Reader = Callable[[Mast, AdministrativeUnit | None], Any]
Column = tuple[str | Promise, Reader]

PUBLIC: tuple[Column, ...] = (
    (_("Code"), lambda mast, unit: mast.code),
    (pgettext_lazy("of a mast", "Name"), lambda mast, unit: mast.name),
    (_("Commune or ward"), lambda mast, unit: str(unit or "")),
    (_("Latitude (WGS-84)"), lambda mast, unit: round(mast.point.y, 7)),
    (_("Longitude (WGS-84)"), lambda mast, unit: round(mast.point.x, 7)),
    (_("Class"), lambda mast, unit: mast.mast_class),
    (_("Structure"), lambda mast, unit: mast.get_structure_display()),
    (_("Height, m"), lambda mast, unit: mast.height_m),
    (_("Owner"), lambda mast, unit: mast.owner.short_name if mast.owner else ""),
    (_("Operators"), lambda mast, unit: ", ".join(_operators(mast))),
    (_("Operating status"), lambda mast, unit: mast.get_operating_status_display()),
    (_("Last verified"), lambda mast, unit: mast.last_verified_on),
)
INTERNAL: tuple[Column, ...] = (
    (_("Address"), lambda mast, unit: mast.address),
    (_("Footing"), lambda mast, unit: mast.get_footing_display()),
    (_("Building height, m"), lambda mast, unit: mast.building_height_m),
    (_("Safety grade"), lambda mast, unit: mast.grade),
    (_("Graded on"), lambda mast, unit: mast.graded_on),
    (_("Construction permit"), lambda mast, unit: mast.get_permit_status_display()),
    (_("Permit number"), lambda mast, unit: mast.permit_number),
    (_("Accuracy of the position, m"), lambda mast, unit: mast.location_accuracy_m),
    (_("Publicity"), lambda mast, unit: mast.get_publicity_display()),
)


def columns_for(*, is_public: bool) -> tuple[Column, ...]:
    """What the person's export holds; landlords and leases are in none."""
    return PUBLIC if is_public else PUBLIC + INTERNAL


def export_pairs(
    masts: QuerySet[Mast], columns: Sequence[Column], is_full: Callable[[Mast], bool]
) -> Iterator[tuple[Mast, list[Any]]]:
    """Each mast with its cells; an internal cell of a mast that is not the person's is empty."""
    rows = masts.select_related("owner").prefetch_related("stations__operator")
    iterator = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(iterator, CHUNK)):
        units = units_of([mast.pk for mast in chunk])
        for mast in chunk:
            reads_all = is_full(mast)
            unit = units.get(mast.pk)
            yield (
                mast,
                [
                    _plain(read(mast, unit)) if reads_all or number < len(PUBLIC) else ""
                    for number, (_label, read) in enumerate(columns)
                ],
            )


def export_rows(
    masts: QuerySet[Mast], columns: Sequence[Column], is_full: Callable[[Mast], bool]
) -> Iterator[list[Any]]:
    """The cells alone."""
    for _mast, cells in export_pairs(masts, columns, is_full):
        yield cells


def _operators(mast: Mast) -> list[str]:
    return sorted({station.operator.short_name for station in mast.stations.all()})


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, (int, float)) else str(value)
