"""Documents for the search box of the top bar."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import WordsOf, prefix_query, query_words
from infra.models import Document, User
from infra.people.search import PER_SOURCE, SearchResult

TEXT = Concat(
    "subject", Value(" "), "number", Value("/"), "symbol", Value(" "), "symbol",
    output_field=TextField(),
)  # fmt: skip


def document_search(user: User | AnonymousUser, text: str) -> Iterator[SearchResult]:
    """Documents by number, symbol or words of the subject, newest first."""
    words = query_words(text)
    if not words:
        return
    rows = Document.objects.visible_to(user)
    rows = rows.filter(HoldsWords(WordsOf(TEXT), Value(prefix_query(words))))
    for row in rows.order_by("-created_at")[:PER_SOURCE]:
        yield SearchResult(
            kind=_("Document"),
            title=row.full_number or row.subject,
            url=reverse("document_detail", args=[row.uuid]),
            detail=" · ".join(
                part
                for part in (row.subject if row.full_number else "", row.get_state_display())
                if part
            ),
        )
