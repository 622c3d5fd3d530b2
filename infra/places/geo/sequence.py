"""Tokens put together to values: degrees with their minutes and seconds, or metres."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from django.utils.translation import gettext as _

from infra.places.geo.errors import OutOfRangeError
from infra.places.geo.numerals import Numeral, readings_of
from infra.places.geo.tokens import Kind, Token

METRES_PER_DEGREE: Final = 111_320
_MARKS: Final = (Kind.DEGREE, Kind.MINUTE, Kind.SECOND)
_SEXAGESIMAL: Final = 60
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Value:
    """Degrees or metres; `parts` is 1 to 3 numbers, `axis` one of `N S E W X Y` or empty."""

    number: float
    parts: int
    step: float  # one unit of the last digit, in degrees or metres
    axis: str = ""


@dataclass
class _Group:
    numerals: list[Numeral] = field(default_factory=list)
    marks: list[Kind | None] = field(default_factory=list)
    axis: str = ""
    is_prefixed: bool = False
    is_negative: bool = False

    def takes(self, numeral: Numeral, mark: Kind | None) -> bool:
        """Whether the next number can be this value's minutes or seconds."""
        if not self.numerals:
            return True
        if len(self.numerals) == _PARTS or not self.numerals[-1].is_whole:
            return False
        last = self.marks[-1]
        if mark in {Kind.MINUTE, Kind.SECOND}:
            return last is not Kind.SECOND
        if mark is Kind.DEGREE:  # a lost mark may have become a degree sign: 10°27°36.7°N
            return last is Kind.DEGREE and numeral.value < _SEXAGESIMAL
        return last is not Kind.SECOND and numeral.value < _SEXAGESIMAL


def values_of(tokens: list[Token]) -> list[Value]:
    """The values in the order written; raises OutOfRangeError for 60 minutes and more."""
    if any(token.kind in _MARKS or token.kind is Kind.AXIS for token in tokens):
        groups = _marked(tokens)
    else:
        groups = _bare(tokens)
    return [_value(group) for group in groups if group.numerals]


def _marked(tokens: list[Token]) -> list[_Group]:
    groups = [_Group()]
    for at, token in enumerate(tokens):
        here = groups[-1]
        if token.kind is Kind.AXIS:
            if here.numerals and not here.axis:
                here.axis = token.text
                groups.append(_Group())
            elif here.numerals:
                groups.append(_Group(axis=token.text, is_prefixed=True))
            else:
                here.axis, here.is_prefixed = token.text, True
        elif token.kind is Kind.SIGN:
            if here.numerals:
                here = _Group()
                groups.append(here)
            here.is_negative = token.text != "+"
        elif token.kind is Kind.BREAK and _ends(here):
            groups.append(_Group())
        elif token.kind is Kind.NUMBER:
            _take(groups, token, _mark_after(tokens, at))
    return groups


def _ends(group: _Group) -> bool:
    """A break ends a value unless its seconds may still come: `10°, 27', 36"` stays whole."""
    return bool(group.numerals) and (
        not group.numerals[-1].is_whole or group.marks[-1] in (None, Kind.SECOND)
    )


def _mark_after(tokens: list[Token], at: int) -> Kind | None:
    follower = tokens[at + 1].kind if at + 1 < len(tokens) else None
    return follower if follower in _MARKS else None


def _take(groups: list[_Group], token: Token, mark: Kind | None) -> None:
    here = groups[-1]
    choices = list(readings_of(token.text))
    open_part = bool(here.numerals) and here.numerals[-1].is_whole
    if open_part and mark is Kind.DEGREE:
        choices.sort(key=len, reverse=True)  # 36.7,105° is the end of one and the start of another
    numerals = choices[0] if choices else []
    for rank, numeral in enumerate(numerals):
        own = mark if rank == len(numerals) - 1 else None
        if not groups[-1].takes(numeral, own):
            groups.append(_Group())
        groups[-1].numerals.append(numeral)
        groups[-1].marks.append(own)


def _bare(tokens: list[Token]) -> list[_Group]:
    """Numbers alone: two values, or two of two or three parts each."""
    groups = _likeliest([token.text for token in tokens if token.kind is Kind.NUMBER])
    signs = _signs(tokens)
    if len(groups) == len(signs):
        for group, is_negative in zip(groups, signs, strict=True):
            group.is_negative = is_negative
    return groups


def _likeliest(numbers: list[str]) -> list[_Group]:
    fallback: list[_Group] = []
    for choice in _combinations(numbers):
        flat = [numeral for numerals in choice for numeral in numerals]
        groups = _shared_out(flat)
        if groups and _is_likely(groups):
            return groups
        fallback = fallback or [_Group([numeral], [None]) for numeral in flat]
    return fallback


def _signs(tokens: list[Token]) -> list[bool]:
    return [
        at > 0 and tokens[at - 1].kind is Kind.SIGN and tokens[at - 1].text != "+"
        for at, token in enumerate(tokens)
        if token.kind is Kind.NUMBER
    ]


def _combinations(numbers: list[str]) -> Iterable[tuple[list[Numeral], ...]]:
    choices = [list(readings_of(number)) for number in numbers[: 2 * _PARTS]]
    if len(numbers) > 2 * _PARTS or not all(choices):
        return []
    return sorted(product(*choices), key=lambda choice: sum(len(each) for each in choice))


def _shared_out(flat: list[Numeral]) -> list[_Group]:
    if len(flat) not in {2, 4, 6}:
        return []
    half = len(flat) // 2
    return [_Group(part, [None] * half) for part in (flat[:half], flat[half:])]


def _is_likely(groups: list[_Group]) -> bool:
    """Two metres of the size of VN-2000, or two degrees; minutes below 60 after whole degrees."""
    values = [group.numerals[0].value for group in groups]
    if all(value >= 100_000 for value in values):  # noqa: PLR2004 - metres of a plane
        return all(len(group.numerals) == 1 for group in groups)
    return max(values) <= 180 and all(_fits(group.numerals) for group in groups)  # noqa: PLR2004


def _fits(numerals: list[Numeral]) -> bool:
    return all(numeral.is_whole for numeral in numerals[:-1]) and all(
        numeral.value < _SEXAGESIMAL for numeral in numerals[1:]
    )


def _value(group: _Group) -> Value:
    names = (_("degrees"), _("minutes"), _("seconds"))
    for name, numeral in zip(names[1:], group.numerals[1:], strict=False):
        if numeral.value >= _SEXAGESIMAL:
            raise OutOfRangeError(numeral.value, name)
    number = sum(numeral.value / _SEXAGESIMAL**rank for rank, numeral in enumerate(group.numerals))
    last = len(group.numerals) - 1
    step = 10.0 ** -group.numerals[last].decimals / _SEXAGESIMAL**last
    if group.is_negative or group.axis in {"S", "W"}:
        number = -number
    return Value(number, len(group.numerals), step, group.axis)
