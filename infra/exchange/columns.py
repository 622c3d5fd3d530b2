"""Which row holds the headers, and which column fills which field."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from infra.exchange.importer import Target
from infra.exchange.table import Row
from infra.ground.plaintext import plain

_NOT_WORD = re.compile(r"[^a-z0-9]+")
ENOUGH_MATCHES = 2
_LETTERS = 26


def key_of(header: object) -> str:
    """A header reduced to what matters: no accents, case, signs or spaces at the ends."""
    return _NOT_WORD.sub(" ", plain(str(header or ""))).strip()


def find_header(rows: Sequence[Row], targets: Sequence[Target]) -> int:
    """The number of the row that names most fields; else the first that is widest."""
    known = {word for target in targets for word in target.synonyms}

    def matches(row: Row) -> int:
        return sum(key_of(cell) in known for cell in row.cells if isinstance(cell, str))

    best = max(rows, key=lambda row: (matches(row), -row.number))
    if matches(best) >= ENOUGH_MATCHES:
        return best.number
    widest = max(sum(cell is not None for cell in row.cells) for row in rows)
    return next(r.number for r in rows if sum(c is not None for c in r.cells) == widest)


def column_names(row: Row) -> list[str]:
    """Names for every column; a nameless one goes by its letter, a repeated one gets a number."""
    names: list[str] = []
    for at, cell in enumerate(row.cells):
        name = " ".join(str(cell).split())[:100] if isinstance(cell, str) else ""
        name = name or f"({column_letter(at)})"
        names.append(name if name not in names else f"{name} ({column_letter(at)})")
    return names


def column_letter(at: int) -> str:
    """A, B … Z, AA … as in a spreadsheet."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def guess_mapping(columns: Sequence[str], targets: Sequence[Target]) -> dict[str, int]:
    """Field → column: exact names first, then names that contain a synonym of two words."""
    keys = [key_of(name) for name in columns]
    mapping: dict[str, int] = {}
    for exact in (True, False):
        for target in targets:
            if target.key in mapping:
                continue
            for word in target.synonyms:
                at = _find(keys, word, exact, set(mapping.values()))
                if at is not None:
                    mapping[target.key] = at
                    break
    return mapping


def _find(keys: list[str], word: str, exact: bool, taken: set[int]) -> int | None:
    for at, key in enumerate(keys):
        if at in taken:
            continue
        if key == word or (not exact and " " in word and f" {word} " in f" {key} "):
            return at
    return None


def columns_sha256(columns: Sequence[Any]) -> str:
    """Names a set of columns, for remembering how it was mapped."""
    return hashlib.sha256(json.dumps(list(columns)).encode()).hexdigest()
