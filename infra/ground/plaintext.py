"""Searching as people type: an immutable accent-free wrapper, and its twin in Python."""

import re
import unicodedata
from typing import Final

from django.db.models import TextField

from infra.ground.expressions import PlainFunc

MOST_WORDS: Final = 8
LONGEST_WORD: Final = 60
_BETWEEN, _JOINED = re.compile(r"[^a-z0-9._/-]+"), re.compile(r"[._/-]+")


class PlainText(PlainFunc):
    """`tt_plain(text)`: lower case without accents, đ as d; fit for an index."""

    function = "tt_plain"
    output_field = TextField()


class WordsOf(PlainFunc):
    """`tt_vector(text)`: the words of a text as a tsvector; fit for an index."""

    function = "tt_vector"
    output_field = TextField()


def unmarked(text: str) -> str:
    """Lower case without marks, đ as d; blanks stand as they were."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn").lower()


def plain(text: str) -> str:
    """What the person typed, ready to be compared with PlainText."""
    return unmarked(text).strip()


def plain_words(text: str) -> str:
    """The same with single blanks: "Hoà  Long" and "Hòa Long" agree."""
    return " ".join(unmarked(text).split())


def query_words(text: str) -> list[str]:
    """The words typed, as the SQL function `tt_words` keeps those that are searched.

    A chunk with a number stays one: "DT-1" is dt1, not everything with dt and a 1 somewhere.
    """
    words: list[str] = []
    for chunk in _BETWEEN.split(plain(text)):
        parts = [part for part in _JOINED.split(chunk) if part]
        words += ["".join(parts)] if any(map(str.isdigit, chunk)) else parts
    return [word[:LONGEST_WORD] for word in dict.fromkeys(words)][:MOST_WORDS]


def prefix_query(words: list[str], marks: tuple[str, ...] = ("",)) -> str:
    """A tsquery: each word begins some kept word, under one of the marks; a letter alone is whole.

    The words are of `query_words`: letters and digits alone, so that nothing needs escaping.
    """

    def one(word: str) -> str:
        ends = ":*" if len(word) > 1 else ""
        return " | ".join(f"'{mark}{word}'{ends}" for mark in marks)

    return " & ".join(f"({one(word)})" for word in words)
