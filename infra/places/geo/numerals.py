"""Numbers as people write them: decimal comma or point, thousands with points, commas or spaces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_POINT_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED: Final = re.compile(r"(?<![\d.,])(\d{1,3}(?: \d{3}){1,2})(?=[.,]\d|\D|$)(?! ?\d)")
_SMALLEST_PLANE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A value and how many decimals were written."""

    value: float
    decimals: int

    @property
    def is_whole(self) -> bool:
        return self.decimals == 0


def join_spaced_thousands(text: str) -> str:
    """`1 156 822,472` becomes `1156822,472`; only what is big enough for metres is joined."""

    def joined(match: re.Match[str]) -> str:
        digits = match.group(1).replace(" ", "")
        return digits if int(digits) >= _SMALLEST_PLANE else match.group(1)

    return _SPACED.sub(joined, text)


def readings_of(token: str) -> Iterator[list[Numeral]]:
    """The ways to read digits, points and commas: as one number or as two, likeliest first."""
    yield from ([one] for one in _single(token))
    for at, mark in enumerate(token):
        if mark == ",":
            for first in _single(token[:at]):
                yield from ([first, second] for second in _single(token[at + 1 :]))


def _single(text: str) -> Iterator[Numeral]:
    if _DECIMAL.fullmatch(text):
        whole, _mark, fraction = text.replace(",", ".").partition(".")
        yield Numeral(float(f"{whole}.{fraction or 0}"), len(fraction))
    for pattern, thousands, decimal in ((_POINT_THOUSANDS, ".", ","), (_COMMA_THOUSANDS, ",", ".")):
        if pattern.fullmatch(text):
            whole, _mark, fraction = text.replace(thousands, "").partition(decimal)
            yield Numeral(float(f"{whole}.{fraction or 0}"), len(fraction))
