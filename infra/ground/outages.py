"""Which errors are of the ground we stand on, not a fault of the program: an outage, a cut-off."""

import errno
from collections.abc import Iterator
from http import HTTPStatus

from django.db import InterfaceError, OperationalError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_DATABASE = "53100"
_CUT_OFF = "57014"  # a statement took longer than it may, or somebody called it off
# Connection lost, no connection or memory left, shut down or starting.
_AWAY = ("08", "53", "57P")


def outage_status(error: BaseException | None) -> HTTPStatus | None:
    """507 when a disk is full, 503 when the database is away; None for any other error.

    503 too when a statement took longer than a page's may: `was_cut_off` tells it apart.
    """
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return HTTPStatus.INSUFFICIENT_STORAGE
        if isinstance(cause, OperationalError):
            code = getattr(cause.__cause__, "pgcode", None)
            if code == _FULL_DATABASE:
                return HTTPStatus.INSUFFICIENT_STORAGE
            if code is None or code == _CUT_OFF or code.startswith(_AWAY):
                return HTTPStatus.SERVICE_UNAVAILABLE
        if isinstance(cause, InterfaceError):
            return HTTPStatus.SERVICE_UNAVAILABLE
    return None


def was_cut_off(error: BaseException | None) -> bool:
    """Whether a statement took longer than it may (`infra.ground.patience`)."""
    return any(
        getattr(cause.__cause__, "pgcode", None) == _CUT_OFF
        for cause in _causes(error)
        if isinstance(cause, OperationalError)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
