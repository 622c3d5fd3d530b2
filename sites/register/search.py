"""The kept words of masts: written late where there were too many, looked over once a day."""

from collections.abc import Iterator

from django.db import connection

from sites.models import Mast

BATCH = 1000
CATCH_UP_SECONDS, CHECK_SECONDS = 15, 24 * 60 * 60
_DIFFERENT = """
SELECT e.mast_id FROM sites_mastsearch_expected(%s) AS e
LEFT JOIN sites_mastsearch AS s ON s.mast_id = e.mast_id
WHERE s.mast_id IS NULL OR (s.unit_id, s.point, s.is_archived, s.words)
    IS DISTINCT FROM (e.unit_id, e.point, e.is_archived, e.words)
"""
_LETTERS = """
SELECT DISTINCT ltrim(w.word, '~')
FROM sites_mastsearch, unnest(tsvector_to_array(words)) AS w (word)
WHERE w.word ~ '^~?[a-z]{2,}$'
"""


def catch_up() -> int:
    """Write the words of all masts that wait; how many."""
    total = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT sites_mastsearch_catch_up(%s)", [BATCH])
            (count,) = cursor.fetchone()
            if not count:
                return total
            total += count


def differing() -> int:
    """How many masts have other words, or another unit, than they should; nothing is written."""
    return sum(len(wrong) for wrong in _different())


def repair() -> int:
    """Write them; how many there were."""
    total = 0
    for wrong in _different():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sites_mastsearch_put(%s)", [wrong])
        total += len(wrong)
    return total


def words_of_masts() -> list[str]:
    """Every word of letters that some mast is found by."""
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS)
        return [word for (word,) in cursor.fetchall()]


def _different() -> Iterator[list[int]]:
    last = 0
    while True:
        ids = list(
            Mast.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if not ids:
            return
        with connection.cursor() as cursor:
            cursor.execute(_DIFFERENT, [ids])
            wrong = [mast for (mast,) in cursor.fetchall()]
        if wrong:
            yield wrong
        last = ids[-1]
