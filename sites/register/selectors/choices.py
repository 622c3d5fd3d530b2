"""What the register's filters offer: communes with the names they had, holders of masts."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone

from infra.ground.choices import OrganisationKind
from infra.ground.plaintext import plain_words
from infra.models import AdministrativeUnit, Organisation, UnitSuccession
from infra.places.territory.selectors import units_on
from sites.choices import MAST_HOLDERS

KIND_ORDER = ("Phường", "Đặc khu", "Thị trấn", "Xã")


@dataclass(frozen=True)
class Offer:
    """One choice: the value sent, its words, other words by which it is found."""

    value: str
    label: str
    also: list[str] = field(default_factory=list)


Offers = list[tuple[str, list[Offer]]]


def commune_offers() -> Offers:
    """Today's communes by kind, each also by the names of what it was made of; two queries."""
    units = sorted(
        units_on(timezone.localdate()).defer("boundary", "point"),
        key=lambda unit: (_place(unit), plain_words(unit.name)),
    )
    former = defaultdict(list)
    pairs = UnitSuccession.objects.filter(successor__in=[unit.pk for unit in units])
    for successor, kind, name in pairs.order_by("predecessor__name").values_list(
        "successor", "predecessor__kind_name", "predecessor__name"
    ):
        former[successor].append(f"{kind} {name}".strip())
    return [
        (kind, [Offer(unit.code, str(unit), [unit.code, *former[unit.pk]]) for unit in group])
        for kind, group in groupby(units, key=lambda unit: unit.kind_name)
    ]


def holder_offers() -> Offers:
    """Organisations that may own or use masts, by their kind; one query."""
    rows = Organisation.objects.filter(kind__in=MAST_HOLDERS).order_by("kind", "short_name")
    return [
        (
            str(OrganisationKind(kind).label),
            [Offer(str(row.pk), row.short_name, [row.name, row.code]) for row in group],
        )
        for kind, group in groupby(rows, key=lambda row: row.kind)
    ]


def _place(unit: AdministrativeUnit) -> tuple[int, str]:
    known = unit.kind_name in KIND_ORDER
    return (KIND_ORDER.index(unit.kind_name) if known else len(KIND_ORDER), unit.kind_name)
