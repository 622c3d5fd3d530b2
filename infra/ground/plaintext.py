"""Searching as people type: an immutable accent-free wrapper, and its twin in Python."""

import unicodedata

from django.db.models import Func, TextField


class PlainText(Func):
    """`tt_plain(text)`: lower case without accents, đ as d; fit for an index."""

    function = "tt_plain"
    output_field = TextField()


def plain(text: str) -> str:
    """The same in Python: what the person typed, ready to be compared with PlainText."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower().strip()
