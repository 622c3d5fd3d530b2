"""Searching as people type: an immutable accent-free wrapper, and its twin in Python."""

import unicodedata

from django.db.models import TextField

from infra.ground.expressions import PlainFunc


class PlainText(PlainFunc):
    """`tt_plain(text)`: lower case without accents, đ as d; fit for an index."""

    function = "tt_plain"
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
