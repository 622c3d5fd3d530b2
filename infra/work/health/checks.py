"""Whether each part that the application stands on is well; a part says a word, never a secret."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone

from infra.ground import mail as post
from infra.work.jobs.pulse import HEARTBEAT_KEY

OK = "ok"
# An office may do without e-mail: told, and no reason to restart anything.
NOT_CONFIGURED = "not configured"
WELL = {OK, NOT_CONFIGURED}
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
        beat = cache.get(HEARTBEAT_KEY)
    except DatabaseError:
        return "unknown"
    if beat is None:
        return "absent"
    return OK if timezone.now() - datetime.fromisoformat(beat) < WORKER_SILENCE else "silent"


def disk() -> str:
    """There is room for uploads and documents."""
    free_mb = shutil.disk_usage(settings.LOCAL_DIR).free // 2**20
    return OK if free_mb >= settings.HEALTH_MIN_FREE_MB else "nearly full"


def mail() -> str:
    """A mail server is named; whether it takes letters stands on the page of deliveries."""
    return OK if post.is_set_up() else NOT_CONFIGURED


PARTS: dict[str, Callable[[], str]] = {
    "database": database,
    "worker": worker,
    "disk": disk,
    "mail": mail,
}
