"""Searching Vietnamese words without their marks."""

from typing import Any

from django.db.models import F, QuerySet, Value

from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import WordsOf, prefix_query, query_words


def accent_free(rows: "QuerySet[Any]", field: str, words: str) -> "QuerySet[Any]":
    """Rows whose field holds every one of the words or one that begins so, whatever the marks."""
    asked = query_words(words)
    if not asked:
        return rows.none()
    return rows.filter(HoldsWords(WordsOf(F(field)), Value(prefix_query(asked))))
