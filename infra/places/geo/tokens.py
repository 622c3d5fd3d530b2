"""A written coordinate cut into numbers, marks and names of axes."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from infra.ground.plaintext import unmarked
from infra.places.geo.numerals import join_spaced_thousands


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    DEGREE = "degree"
    MINUTE = "minute"
    SECOND = "second"
    SIGN = "sign"
    AXIS = "axis"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` of a number, the sign, or of an axis one of `N S E W X Y`."""

    kind: Kind
    text: str


class StrangeTextError(ValueError):
    """Something in the text is neither number, mark nor axis."""


# Words stand before letters; plain Latin because marks are stripped before matching.
_WORDS: Final = (
    (Kind.AXIS, "N", r"vi do|vi tuyen|vi|latitude|lat|bac|north(?:ing)?"),
    (Kind.AXIS, "E", r"kinh do|kinh tuyen|kinh|longitude|long|lng|lon|dong|east(?:ing)?"),
    (Kind.AXIS, "S", r"nam|south"),
    (Kind.AXIS, "W", r"tay|west"),
    (Kind.DEGREE, "", r"do|degrees?|deg"),
    (Kind.MINUTE, "", r"phut|minutes?|min"),
    (Kind.SECOND, "", r"giay|seconds?|sec"),
    (Kind.BREAK, "", r"toa do|wgs ?-? ?84|vn ?-? ?2000|he|gps|va|and|m(?= |$|[,;]|\b[xy])"),
)
_LETTERS: Final = {"n": "N", "b": "N", "s": "S", "e": "E", "d": "E", "w": "W", "t": "W"}
_SPELLED: Final = re.compile(r"(?<=\d)d(?= ?\d)|(?<=\d) ?d ?(?=\d+[\d.,]* ?m)")
_PATTERNS: Final = [
    *((kind, text, re.compile(rf"(?:{words})(?![a-z])[ :=]*")) for kind, text, words in _WORDS),
    (Kind.NUMBER, "#", re.compile(r"\d(?:[\d.,]*\d)?")),
    (Kind.AXIS, "xy", re.compile(r"[xy](?![a-z])(?: ?\(m\))?[ :=]*")),
    (Kind.AXIS, "letter", re.compile(r"[nsewbdt](?![a-z])[ :=]*")),
    (Kind.DEGREE, "", re.compile(r"[°º˚∘*]")),
    (Kind.SECOND, "", re.compile(r"″|''|\"|”|“|’’|′′|``")),
    (Kind.MINUTE, "", re.compile(r"′|'|’|‘|`|´|ʹ")),
    (Kind.SIGN, "sign", re.compile(r"[-−+](?=\d)")),
    (Kind.BREAK, "", re.compile(r"[-−–,;/|:=()\[\]_]")),
]


def tokens_of(text: str) -> list[Token]:
    """Cut a text up; raises StrangeTextError at what it does not know."""
    rest = join_spaced_thousands(plain_text(text))
    found: list[Token] = []
    while rest := rest.lstrip(" ."):
        token, length = _next(rest)
        found.append(token)
        rest = rest[length:]
    return found


def _next(rest: str) -> tuple[Token, int]:
    for kind, text, pattern in _PATTERNS:
        if match := pattern.match(rest):
            said = match.group()
            if text == "letter":
                text = _LETTERS[said[0]]  # noqa: PLW2901
            elif text == "xy":
                text = said[0].upper()  # noqa: PLW2901
            elif text in {"#", "sign"}:
                text = said  # noqa: PLW2901
            return Token(kind, text), match.end()
    raise StrangeTextError(rest[:20])


def plain_text(text: str) -> str:
    """Lower case, marks off the letters, one kind of blank, and spelled-out marks as signs."""
    latin = unmarked(text.replace("\ufeff", ""))
    # A lost degree sign comes back as U+FFFD between digits; elsewhere it says nothing.
    latin = re.sub(r"(?<=\d)\ufffd+(?= ?\d)", "°", latin).replace("\ufffd", " ")
    latin = re.sub(r"(?<=\d)o(?=\d)", "°", latin)
    latin = re.sub(r"(?<=\d)[-−–](?=\d)", " ; ", latin)
    latin = re.sub(r"(?<=\d)(″|\"|'')[.,](\d+)", r".\2\1", latin)  # 36″.7
    latin = re.sub(r"\s+", " ", re.sub(r"[\u200b-\u200f\u2060]", "", latin)).strip(" ,;.")
    if _SPELLED.search(latin):
        latin = _SPELLED.sub("°", latin)
        latin = re.sub(r"(?<=\d) ?m(?![a-z])", "′", latin)
        latin = re.sub(r"(?<=\d) ?s(?![a-z])", "″", latin)
    return latin
