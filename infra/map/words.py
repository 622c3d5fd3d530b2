"""Searching Vietnamese words without their marks."""

from typing import Any

from django.db.models import F, QuerySet

from infra.ground.plaintext import PlainText, plain

MOST_WORDS = 6


def accent_free(rows: "QuerySet[Any]", field: str, words: str) -> "QuerySet[Any]":
    """Rows whose field holds every one of the words, whatever marks either carries."""
    rows = rows.alias(plain_field=PlainText(F(field)))
    for word in plain(words).split()[:MOST_WORDS]:
        rows = rows.filter(plain_field__contains=word)
    return rows
