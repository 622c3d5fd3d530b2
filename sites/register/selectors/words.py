"""What is searched in the register: which words of which masts a person may find them by."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value

from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import query_words
from infra.people.spelling import corrected
from sites.models import MastSearch, MastSearchDue
from sites.models.mast import MastQuerySet
from sites.permissions import Person, words_asked


@dataclass(frozen=True)
class Spelling:
    """What was typed found nothing and what is shown in its place does."""

    typed: str
    shown: str


def by_words(masts: MastQuerySet, text: str, user: Person) -> MastQuerySet:
    """Every word somewhere in what the person may read of the mast: see `MastSearch`."""
    words = query_words(text)
    if not words:
        # Only marks of punctuation were typed: nothing holds them.
        return masts.none() if text.strip() else masts
    return masts.filter(HoldsWords(F("search__words"), Value(words_asked(words, user))))


def kept_by_words(text: str, user: Person, archived: str) -> "QuerySet[MastSearch] | None":
    """The same for text alone, from the kept rows; None where nothing was typed."""
    words = query_words(text)
    if not words:
        return None
    rows = MastSearch.objects.filter(HoldsWords(F("words"), Value(words_asked(words, user))))
    return rows if archived == "with" else rows.filter(is_archived=archived == "only")


def better_spelling(text: str, finds: Callable[[str], bool]) -> Spelling | None:
    """What was probably meant, where the text finds nothing."""
    better = corrected(text, finds)
    return Spelling(text, better) if better else None


def is_catching_up() -> bool:
    """Whether masts wait for their words and units to be made anew."""
    return MastSearchDue.objects.exists()
