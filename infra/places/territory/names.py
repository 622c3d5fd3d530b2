"""Names of places as people type them, made comparable."""

import re
from typing import Final

from infra.ground.plaintext import plain_words

_KINDS: Final = re.compile(
    r"^(?:thanh pho|thi xa|thi tran|tinh|huyen|quan|phuong|xa|tp|tx|tt)\b\.? *"
)


def key(text: str) -> str:
    """The plain name without its kind; a ward that is only a number keeps it."""
    name = plain_words(text)
    bare = _KINDS.sub("", name)
    return bare if bare and not bare.isdigit() else name
