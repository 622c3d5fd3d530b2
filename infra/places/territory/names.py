"""Names of places as people type them, made comparable."""

import re
import unicodedata
from typing import Final

_KINDS: Final = re.compile(
    r"^(?:thanh pho|thi xa|thi tran|tinh|huyen|quan|phuong|xa|tp|tx|tt)\b\.? *"
)


def plain(text: str) -> str:
    """Lower case without Vietnamese marks and double spaces: "Hoà  Long" and "Hòa Long" agree."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(letters.split())


def key(text: str) -> str:
    """The plain name without its kind; a ward that is only a number keeps it."""
    name = plain(text)
    bare = _KINDS.sub("", name)
    return bare if bare and not bare.isdigit() else name
