"""Whether each part that the application stands on is well; a part says a word, never a secret."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone

from infra.ground import mail as post
from infra.work.jobs.duties import overdue_duties
from infra.work.jobs.pulse import HEARTBEAT_KEY
from infra.work.seals.checks import WEAKER, strength

OK = "ok"
# An office may do without e-mail: told, and no reason to restart anything.
NOT_CONFIGURED = "not configured"
# What is said and does not make the application unwell.
WELL = frozenset({OK, WEAKER, NOT_CONFIGURED})
# Three heartbeats missed and some to spare.
WORKER_SILENCE = timedelta(seconds=45)


def database() -> str:
    """The database answers, and speaks PostGIS."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_lib_version()")
    except DatabaseError:
        return "unreachable"
    return OK


def worker() -> str:
    """A background worker gave a heartbeat a short while ago."""
    try:
        beat, late = cache.get(HEARTBEAT_KEY), overdue_duties()
    except DatabaseError:
        return "unknown"
    if beat is None:
        return "absent"
    if timezone.now() - datetime.fromisoformat(beat) >= WORKER_SILENCE:
        return "silent"
    return f"behind with: {', '.join(late)}" if late else OK


def disk() -> str:
    """There is room for uploads and documents."""
    free_mb = shutil.disk_usage(settings.LOCAL_DIR).free // 2**20
    return OK if free_mb >= settings.HEALTH_MIN_FREE_MB else "nearly full"


def seals() -> str:
    """Whether the application could take the seals off what is final."""
    try:
        return strength()
    except DatabaseError:
        return "unknown"


def mail() -> str:
    """A mail server is named; whether it takes letters stands on the page of deliveries."""
    return OK if post.is_set_up() else NOT_CONFIGURED


PARTS: dict[str, Callable[[], str]] = {
    "database": database,
    "worker": worker,
    "disk": disk,
    "seals": seals,
    "mail": mail,
}
