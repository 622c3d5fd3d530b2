"""The rows of an export in one statement: public columns for the public, scoped to the person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, FloatField, Func, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infra.exchange.held import rows_held
from infra.ground.choices import Publicity
from infra.map.sql import compiled
from infra.places.territory.selectors import units_on
from sites.choices import Footing, OperatingStatus, PermitStatus, Structure
from sites.models.mast import MastQuerySet
from sites.permissions import Person
from sites.register.selectors.masts import own_masts, reads_all

DEGREE_DECIMALS = 7


class Shown(NamedTuple):
    """A choice by its word in the language of the person."""

    field: str
    choices: type[TextChoices]


class Joined(NamedTuple):
    """What the statement brings beside the masts' own columns."""

    column: str


class Degrees(NamedTuple):
    """A coordinate, rounded to a centimetre."""

    function: str


class Column(NamedTuple):
    """A heading, and where its cells come from: a field's name or one of the kinds above."""

    label: str | Promise
    source: str | Shown | Joined | Degrees


UNIT, OPERATORS = Joined("unit"), Joined("operators")
PUBLIC: tuple[Column, ...] = (
    Column(_("Code"), "code"),
    Column(pgettext_lazy("of a mast", "Name"), "name"),
    Column(_("Commune or ward"), UNIT),
    Column(_("Latitude (WGS-84)"), Degrees("ST_Y")),
    Column(_("Longitude (WGS-84)"), Degrees("ST_X")),
    Column(_("Class"), "mast_class"),
    Column(_("Structure"), Shown("structure", Structure)),
    Column(_("Height, m"), "height_m"),
    Column(_("Owner"), "owner__short_name"),
    Column(_("Operators"), OPERATORS),
    Column(_("Operating status"), Shown("operating_status", OperatingStatus)),
    Column(_("Last verified"), "last_verified_on"),
)
INTERNAL: tuple[Column, ...] = (
    Column(_("Address"), "address"),
    Column(_("Footing"), Shown("footing", Footing)),
    Column(_("Building height, m"), "building_height_m"),
    Column(_("Safety grade"), "grade"),
    Column(_("Graded on"), "graded_on"),
    Column(_("Construction permit"), Shown("permit_status", PermitStatus)),
    Column(_("Permit number"), "permit_number"),
    Column(_("Accuracy of the position, m"), "location_accuracy_m"),
    Column(_("Publicity"), Shown("publicity", Publicity)),
)

# `found` is read once. A mast stands in the first unit by code that covers it; the planner goes
# from few masts to their units, and from the units to very many masts.
STATEMENT = """
WITH found AS MATERIALIZED (SELECT rows.*, row_number() OVER () AS nth FROM ({masts}) AS rows),
stands AS (
    SELECT DISTINCT ON (found.id) found.id, btrim(unit.kind_name || ' ' || unit.name) AS unit
    FROM found JOIN sites_mast mast ON mast.id = found.id
    JOIN infra_administrativeunit unit ON ST_Covers(unit.boundary, mast.point)
    WHERE unit.id IN ({units}) ORDER BY found.id, unit.code
),
carries AS (
    SELECT station.mast_id AS id, string_agg(
        DISTINCT organisation.short_name::text COLLATE "C", ', '
        ORDER BY organisation.short_name::text COLLATE "C"
    ) AS operators
    FROM sites_station station JOIN infra_organisation organisation
        ON organisation.id = station.operator_id
    WHERE station.mast_id IN (SELECT id FROM found) GROUP BY station.mast_id
)
SELECT found.uuid::text, found.x, found.y, {cells}
FROM found LEFT JOIN stands USING (id) LEFT JOIN carries USING (id) ORDER BY found.nth
"""


@dataclass(frozen=True)
class ExportedMast:
    """One mast as it leaves: where it stands, exactly, and its cells as text or numbers."""

    uuid: str
    place: tuple[float, float]
    cells: list[Any]


def columns_for(*, is_public: bool) -> tuple[Column, ...]:
    """What the person's export holds; landlords and leases are in none."""
    return PUBLIC if is_public else PUBLIC + INTERNAL


def exported_masts(
    masts: MastQuerySet, columns: Sequence[Column], person: Person
) -> Iterator[ExportedMast]:
    """Each mast in order; an internal cell of a mast that is not the person's is empty."""
    named = {f"c{at}": _cell(column, person) for at, column in enumerate(columns)}
    own = {name: cell for name, cell in named.items() if cell is not None}
    rows = masts.annotate(x=_degrees("ST_X"), y=_degrees("ST_Y"), **own)
    found = compiled(rows.values("id", "uuid", "x", "y", *own))
    units = compiled(units_on().order_by().values("id"))
    if found is None or units is None:
        return iter(())
    cells = ", ".join(
        f"coalesce({column.source.column}, '')" if isinstance(column.source, Joined) else name
        for name, column in zip(named, columns, strict=True)
    )
    sql = STATEMENT.format(masts=found[0], units=units[0], cells=cells)
    rounded = [at for at, column in enumerate(columns) if isinstance(column.source, Degrees)]
    return _made(rows_held(sql, (*found[1], *units[1])), rounded)


def _made(rows: Iterator[tuple[Any, ...]], rounded: Sequence[int]) -> Iterator[ExportedMast]:
    for uuid, x, y, *cells in rows:
        for at in rounded:
            cells[at] = round(cells[at], DEGREE_DECIMALS)
        yield ExportedMast(uuid, (x, y), cells)


def _degrees(function: str) -> Combinable:
    return Func(F("point"), function=function, output_field=FloatField())


def _cell(column: Column, person: Person) -> Any:
    """The expression of a cell; None for what is joined beside."""
    if isinstance(column.source, Joined):
        return None
    if isinstance(column.source, Degrees):
        return _degrees(column.source.function)
    value: Any = _shown(column.source) if isinstance(column.source, Shown) else F(column.source)
    text = Coalesce(Cast(value, CharField()), Value(""))
    if column in PUBLIC or reads_all(person):
        return text
    return Case(When(own_masts(person), then=text), default=Value(""), output_field=CharField())


def _shown(source: Shown) -> Combinable:
    words = [
        When(**{source.field: value}, then=Value(str(word)))
        for value, word in source.choices.choices
    ]
    return Case(*words, default=F(source.field), output_field=CharField())
