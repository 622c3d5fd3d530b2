"""Codes HS-<year>-<4 digits>: given at submission, one after another, under a lock."""

from datetime import date

from django.db import connection, transaction

from infra.models import Dossier

LOCK = 7315_0001  # names our advisory lock; the year is its second half


def next_code(on: date) -> str:
    """The next free code of the year; the lock holds to the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, on.year])
        prefix = f"HS-{on.year}-"
        taken = Dossier.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        numbers = [int(tail) for code in taken if (tail := (code or "")[len(prefix) :]).isdigit()]
        return f"{prefix}{max(numbers, default=0) + 1:04d}"
