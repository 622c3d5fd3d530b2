"""Cells to values: numbers, dates, choices and bodies, as registers write them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from infra.exchange.columns import key_of
from infra.ground.decimals import read_decimal
from sites.choices import (
    Footing,
    MastClass,
    OperatingStatus,
    PermitStatus,
    Structure,
    Technology,
)

_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y")
_WORDS: dict[type[TextChoices], dict[str, str]] = {
    Structure: {
        "day co": "guyed", "cot day co": "guyed", "day neo": "guyed",
        "tu dung": "self_supporting_4", "tu dung 3 chan": "self_supporting_3",
        "tu dung 4 chan": "self_supporting_4", "don than": "monopole", "cot monopole": "monopole",
        "be tong": "concrete_pole", "be tong ly tam": "concrete_pole",
        "cot be tong ly tam": "concrete_pole", "nguy trang": "disguised",
        "cot nguy trang": "disguised", "cot coc": "small", "coc": "small",
    },
    Footing: {
        "mat dat": "ground", "duoi dat": "ground", "dat": "ground", "tren mai": "roof",
        "mai nha": "roof", "san thuong": "roof", "mai": "roof",
    },
    PermitStatus: {
        "co": "granted", "da cap": "granted", "co gpxd": "granted", "khong": "none",
        "chua co": "none", "khong co": "none", "mien": "exempt", "duoc mien": "exempt",
        "chua ro": "unknown",
    },
    OperatingStatus: {
        "dang hoat dong": "on_air", "hoat dong": "on_air", "phat song": "on_air", "on": "on_air",
        "ngung": "off_air", "ngung hoat dong": "off_air", "dung": "off_air",
        "tam ngung": "off_air",
        "du kien": "planned", "quy hoach": "planned", "bo hoang": "abandoned",
        "da thao do": "dismantled", "thao do": "dismantled",
    },
    MastClass: {},
}  # fmt: skip


def to_decimal(places: int, digits: int, unit: str = "m") -> Callable[[str], Decimal]:
    """A reader of numbers such as `30` · `30,5 m`. It raises ValueError."""

    def read(text: str) -> Decimal:
        number = read_decimal(text, unit=unit)
        if abs(number) >= 10**digits:
            raise ValueError(text)
        number = number.quantize(Decimal(1).scaleb(-places))
        if abs(number) >= 10 ** (digits - places):
            raise ValueError(text)
        return number

    return read


def to_integer(text: str) -> int:
    """A whole number from 0 to 32767. Raises ValueError."""
    number = read_decimal(text, whole=True)
    if not 0 <= number <= 32767:  # noqa: PLR2004 - the column's range
        raise ValueError(text)
    return int(number)


def to_date(text: str) -> date:
    """A date, day before month as in Việt Nam; a year alone is its first day. ValueError."""
    cleaned = text.strip().split(" ")[0]
    for form in _DATES:
        try:
            return datetime.strptime(cleaned, form).date()  # noqa: DTZ007 - a date, no moment
        except ValueError:
            continue
    raise ValueError(text)


def to_choice(choices: type[TextChoices]) -> Callable[[str], str]:
    """A reader of a choice by value, label or usual word. It raises ValueError."""
    known = {key_of(value): str(value) for value in choices.values if value}

    def read(text: str) -> str:
        key = key_of(text)
        labels = {key_of(label): str(value) for value, label in choices.choices if value}
        found = known.get(key) or _WORDS[choices].get(key) or labels.get(key)
        if not found:
            raise ValueError(text)
        return found

    return read


def to_text(length: int) -> Callable[[str], str]:
    """A reader of text no longer than the column. It raises ValueError."""

    def read(text: str) -> str:
        cleaned = " ".join(text.split())
        if len(cleaned) > length:
            raise ValueError(text)
        return cleaned

    return read


def to_technologies(text: str) -> list[str]:
    """`2G/3G, LTE` → ["2G", "3G", "4G"]. Raises ValueError."""
    words = {"lte": "4G", "umts": "3G", "wcdma": "3G", "gsm": "2G", "nr": "5G"}
    found = []
    for part in re.split(r"[^0-9a-zA-Z]+", text):
        tech = words.get(part.lower(), part.upper())
        if part and tech not in Technology.values:
            raise ValueError(text)
        if part:
            found.append(tech)
    return sorted(set(found))


MAST_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": to_text(200),
    "address": to_text(250),
    "declared_unit": to_text(120),
    "mast_class": to_choice(MastClass),
    "structure": to_choice(Structure),
    "footing": to_choice(Footing),
    "height_m": to_decimal(1, 5),
    "building_height_m": to_decimal(1, 5),
    "half_width_m": to_decimal(2, 4),
    "guy_count": to_integer,
    "permit_status": to_choice(PermitStatus),
    "permit_number": to_text(80),
    "permit_date": to_date,
    "operating_status": to_choice(OperatingStatus),
    "built_on": to_date,
    "note": to_text(2000),
}
STATION_READERS: Mapping[str, Callable[[str], Any]] = {
    "technologies": to_technologies,
    "emf_certificate": to_text(80),
    "emf_valid_until": to_date,
}
ANTENNA_READERS: Mapping[str, Callable[[str], Any]] = {
    "azimuth_deg": to_decimal(1, 5, "°"),
    "band": to_text(40),
}
