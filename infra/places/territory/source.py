"""The units of the province out of the package vietnamadminunits, with its errors mended."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import vietnamadminunits
from vietnamadminunits.database import get_data

from infra.ground import province
from infra.ground.choices import UnitLevel
from infra.places.territory.mends import (
    CAO_LANH_CITY,
    FALSE_SUCCESSIONS,
    POINTS_2024,
    POINTS_2025,
    RESOLUTION_1284,
    UNTIL_2024,
    Mend,
)

PACKAGE: Final = "vietnamadminunits 1.0.4"
PROVINCE_CODE: Final = province.CODE
FORMER_PROVINCES: Final = province.FORMER_CODES
THREE_TIERS_FROM: Final = date(2024, 1, 1)  # the data reach no further back
CAO_LANH_MERGED: Final = date(2025, 1, 1)
TWO_TIERS_FROM: Final = date(2025, 7, 1)  # NQ 202/2025/QH15, NQ 1663/NQ-UBTVQH15
LAST_OF_2024: Final = date(2024, 12, 31)
_LAST_OF_THREE_TIERS: Final = date(2025, 6, 30)

UnitKey = tuple[str, int, date]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit between two dates (`valid_to` its last day); the point is (lon, lat) in WGS-84."""

    code: str
    name: str
    kind_name: str
    level: UnitLevel
    valid_from: date
    valid_to: date | None
    point: tuple[float, float]
    parent: UnitKey | None = None
    bounds: tuple[float, float, float, float] | None = None  # west, south, east, north

    @property
    def key(self) -> UnitKey:
        return self.code, self.level, self.valid_from


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """That a unit, or a share of it, became another; `is_main` marks the larger share."""

    predecessor: UnitKey
    successor: UnitKey
    is_whole: bool
    is_main: bool
    source: str


def units_since_2025() -> list[UnitRow]:
    """The province and its 102 communes and wards since 01/07/2025."""
    rows = _new_rows()
    province = _unit(rows[0], "province", UnitLevel.PROVINCE, TWO_TIERS_FROM)
    return [
        province,
        *(
            _unit(
                row,
                "ward",
                UnitLevel.COMMUNE,
                TWO_TIERS_FROM,
                parent=province.key,
                mends=POINTS_2025,
            )
            for row in rows
        ),
    ]


def units_until_2025() -> list[UnitRow]:
    """The two former provinces, their 23 districts and 305 communes, and Cao Lãnh before 2025."""
    found: dict[UnitKey, UnitRow] = {}
    for row in _legacy_rows():
        province = _unit(row, "province", UnitLevel.PROVINCE, THREE_TIERS_FROM)
        district = _unit(row, "district", UnitLevel.DISTRICT, THREE_TIERS_FROM, parent=province.key)
        since = CAO_LANH_MERGED if _is_new_in_2025(row["wardCode"]) else THREE_TIERS_FROM
        commune = _unit(
            row, "ward", UnitLevel.COMMUNE, since, parent=district.key, mends=POINTS_2024
        )
        found |= {unit.key: unit for unit in (province, district, commune)}
    return [*found.values(), *_until_2024()]


def successions() -> Iterator[SuccessionRow]:
    """Who became whom: on 01/01/2025 in Cao Lãnh, on 01/07/2025 everywhere."""
    for former in UNTIL_2024:
        yield SuccessionRow(
            (former.code, UnitLevel.COMMUNE, THREE_TIERS_FROM),
            (former.successor, UnitLevel.COMMUNE, CAO_LANH_MERGED),
            is_whole=True,
            is_main=True,
            source=RESOLUTION_1284,
        )
    path = Path(vietnamadminunits.__file__).parent / "data" / "converter_2025.json"
    converter = json.loads(path.read_text(encoding="utf-8"))
    yield from _whole(converter["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhdongthap"])
    yield from _shares(converter["DICT_PROVINCE_WARD_DIVIDED"]["tinhdongthap"])


def _whole(table: dict[str, list[str]]) -> Iterator[SuccessionRow]:
    old, new = _old_codes(), _new_codes()
    for new_key, old_keys in table.items():
        for old_key in old_keys:
            yield _in_july(old[old_key], new[new_key], is_whole=True, is_main=True)


def _shares(table: dict[str, list[dict[str, Any]]]) -> Iterator[SuccessionRow]:
    old, new = _old_codes(), _new_codes()
    for old_key, shares in table.items():
        code = old[old_key]
        true = [
            (new[share["newWardKey"]], bool(share["isDefaultNewWard"]))
            for share in shares
            if (code, new[share["newWardKey"]]) not in FALSE_SUCCESSIONS
        ]
        for successor, is_main in true:
            yield _in_july(code, successor, is_whole=len(true) == 1, is_main=is_main)


def _in_july(old: str, new: str, *, is_whole: bool, is_main: bool) -> SuccessionRow:
    since = CAO_LANH_MERGED if _is_new_in_2025(old) else THREE_TIERS_FROM
    return SuccessionRow(
        (old, UnitLevel.COMMUNE, since),
        (new, UnitLevel.COMMUNE, TWO_TIERS_FROM),
        is_whole=is_whole,
        is_main=is_main,
        source=PACKAGE,
    )


@lru_cache(maxsize=1)
def _legacy_rows() -> list[dict[str, Any]]:
    return [
        row
        for row in get_data(table="admin_units_legacy")
        if row["provinceCode"] in FORMER_PROVINCES
    ]


def _old_codes() -> dict[str, str]:
    return {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}": row["wardCode"]
        for row in _legacy_rows()
    }


def _new_codes() -> dict[str, str]:
    return {row["wardKey"]: row["wardCode"] for row in _new_rows()}


@lru_cache(maxsize=1)
def _new_rows() -> list[dict[str, Any]]:
    rows = get_data(table="admin_units")
    return [row for row in rows if row["provinceCode"] == PROVINCE_CODE]


def _is_new_in_2025(code: str) -> bool:
    return any(former.successor == code for former in UNTIL_2024)


def _until_2024() -> Iterator[UnitRow]:
    city, level = CAO_LANH_CITY
    for former in UNTIL_2024:
        yield UnitRow(
            code=former.code,
            name=former.name,
            kind_name=former.kind_name,
            level=UnitLevel.COMMUNE,
            valid_from=THREE_TIERS_FROM,
            valid_to=LAST_OF_2024,
            point=(former.lon, former.lat),
            parent=(city, level, THREE_TIERS_FROM),
        )


def _unit(
    row: dict[str, Any],
    tier: str,
    level: UnitLevel,
    since: date,
    *,
    parent: UnitKey | None = None,
    mends: dict[str, Mend] | None = None,
) -> UnitRow:
    code = row[f"{tier}Code"]
    kind, name = _kind_and_name(row[tier])
    mend = (mends or {}).get(code)
    return UnitRow(
        code=code,
        name=name,
        kind_name=kind,
        level=level,
        valid_from=since,
        valid_to=None if since == TWO_TIERS_FROM else _LAST_OF_THREE_TIERS,
        point=(mend.lon, mend.lat) if mend else (row[f"{tier}Lon"], row[f"{tier}Lat"]),
        parent=parent,
        bounds=None if mend else _bounds(row.get(f"{tier}Bounds")),
    )


def _kind_and_name(full: str) -> tuple[str, str]:
    text = unicodedata.normalize("NFC", " ".join(full.split()))
    for kind in ("Thành phố", "Thị xã", "Thị trấn", "Tỉnh", "Huyện", "Phường", "Xã"):
        if text.startswith(f"{kind} "):
            return kind, text.removeprefix(f"{kind} ")
    return "", text


def _bounds(text: str | None) -> tuple[float, float, float, float] | None:
    """Reads "south,west – north,east"."""
    if not text:
        return None
    south_west, north_east = text.split("–")
    south, west = (float(part) for part in south_west.split(","))
    north, east = (float(part) for part in north_east.split(","))
    return west, south, east, north
