"""Named locks of the database: whoever holds a name makes the others wait to its commit."""

from django.db import connection


def hold(name: str) -> None:
    """Hold the name to the end of the transaction; what is read afterwards is up to date."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
