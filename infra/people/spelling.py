"""A misspelt word corrected by one that occurs, and that the person may find."""

from collections.abc import Callable, Iterable

from django.db import connection

from infra.ground.plaintext import query_words
from infra.ground.registry import Registry, name_of

WordSource = Callable[[], Iterable[str]]
SOURCES: Registry[WordSource] = Registry("source of words")
PRUNE_SECONDS = 24 * 60 * 60

SHORTEST = 3
MOST_CANDIDATES = 6
# By distance, then by sound of the first letter and by common pieces, then by the alphabet.
_CANDIDATES = """
SELECT word FROM infra_searchword
WHERE length(word) BETWEEN length(%(typed)s) - %(most)s AND length(%(typed)s) + %(most)s
    AND word <> %(typed)s AND levenshtein_less_equal(word, %(typed)s, %(most)s) <= %(most)s
GROUP BY word
ORDER BY levenshtein(word, %(typed)s), left(word, 1) <> left(%(typed)s, 1),
    similarity(word, %(typed)s) DESC, word
LIMIT %(limit)s
"""
_OF_GROUND = """
SELECT DISTINCT w.word FROM (
    SELECT concat_ws(' ', kind_name, name) AS t FROM infra_administrativeunit
    UNION SELECT name FROM infra_constraintfeature WHERE name <> ''
    UNION SELECT concat_ws(' ', name, short_name) FROM infra_organisation
) AS n, unnest(tt_words(n.t)) AS w (word)
WHERE w.word ~ '^[a-z]{2,}$'
"""


def corrected(text: str, finds: Callable[[str], bool]) -> str:
    """The text with its strange words replaced so that it finds something; empty if none does.

    The text itself found nothing. `finds` searches as this person: a word that occurs only in what
    is hidden is neither offered nor taken for known.
    """
    words = query_words(text)
    strange = {
        word
        for word in words
        if word.isalpha() and len(word) >= SHORTEST and (len(words) == 1 or not finds(word))
    }
    if not strange:
        return ""
    mended = []
    for word in words:
        better = next(filter(finds, candidates(word)), "") if word in strange else word
        if not better:
            return ""
        mended.append(better)
    offered = " ".join(mended)
    return offered if len(words) == 1 or finds(offered) else ""


def candidates(word: str) -> list[str]:
    """Words that occur and are written much like this one, likeliest first."""
    most = 1 if len(word) <= SHORTEST else 2
    asked: dict[str, str | int] = {"typed": word, "most": most, "limit": MOST_CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        return [found for (found,) in cursor.fetchall()]


def register_words(source: WordSource) -> None:
    """Adds `source() -> all its words`; triggers of its tables teach the dictionary new ones."""
    SOURCES.register(name_of(source), source)


def prune_words() -> None:
    """Forget the words that occur no more, and doubles; add what is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM infra_searchword")
        (newest,) = cursor.fetchone()
        words = {word for source in SOURCES.values() for word in source()}
        cursor.execute("SELECT tt_words_are(%s, %s)", [sorted(words), newest])


def words_of_ground() -> list[str]:
    """The words of units, organisations and named features."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_GROUND)
        return [word for (word,) in cursor.fetchall()]
