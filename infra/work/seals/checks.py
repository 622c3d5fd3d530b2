"""`manage.py check` and /healthz say where the seals are weaker than they could be."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from infra.work.seals import database
from infra.work.seals.grants import unnamed

WEAKER = "weaker"


@register
def every_table_is_named(
    app_configs: Sequence[Any] | None = None, **_options: Any
) -> list[CheckMessage]:
    """infra.E050: a model without a grant cannot be read by the application."""
    return [
        Error(
            f"Nobody said how the rows of {label} live.",
            hint="Name it in register_grants() of its feature.",
            id="infra.E050",
        )
        for label in unnamed()
    ]


@register(Tags.database)
def seals_stand(
    app_configs: Sequence[Any] | None = None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[CheckMessage]:
    """infra.W051: the application owns the tables; infra.E052: a seal is missing or asleep."""
    if "default" not in (databases or ()) or not database.is_ready():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = str(cursor.fetchone()[0])
    found: list[CheckMessage] = [
        Error(
            f"The seal “{seal}” is missing or asleep.",
            hint="Run manage.py migrate; if it stays so, ask who changed the database.",
            id="infra.E052",
        )
        for seal in database.missing_seals(role)
    ]
    on_purpose = settings.AS_OWNER and settings.DATABASE_APPLICATION_ROLE
    if database.is_owner() and not on_purpose:
        found.append(
            Warning(
                "This role owns the tables, so it could take the seals off.",
                hint="Give the application a role of its own: MIGRATE_DATABASE_URL (.env.example).",
                id="infra.W051",
            )
        )
    return found


def strength() -> str:
    """For /healthz: `ok`, or `weaker` where the application owns the tables."""
    return WEAKER if database.is_owner() else "ok"
