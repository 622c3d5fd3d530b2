"""Every statement is counted, and a slow one named: without its parameters, which are people's."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from infra.ground.log.context import count_query

logger = logging.getLogger("infra.queries")
LONGEST_STATEMENT = 2000


def watch_query(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Django's execute wrapper; a failed statement is timed too."""
    count_query()
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round((time.perf_counter() - began) * 1000)
        if milliseconds >= settings.SLOW_QUERY_MS:
            facts = {"statement": str(sql)[:LONGEST_STATEMENT], "milliseconds": milliseconds}
            logger.warning("slow query", extra={"facts": facts})


@receiver(connection_created, dispatch_uid="log.watch_queries")
def watch_connection(sender: object, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watches every connection, the worker's and a thread's too; once, however often it is made.

    First in the list: whoever wrapped the connection before it was opened (the history's context)
    takes the last one off again.
    """
    if watch_query not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch_query)
