"""What every line of one request or one job has in common, and how many queries it made."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_bound: ContextVar[dict[str, str] | None] = ContextVar("log_bound", default=None)
_tally: ContextVar["Tally | None"] = ContextVar("log_tally", default=None)


@dataclass
class Tally:
    """How many statements were sent to the database."""

    queries: int = 0


@contextmanager
def bound(**names: str) -> Iterator[None]:
    """Put these names (`request=…`, `job=…`) on every line written inside."""
    token = _bound.set({**bound_names(), **names})
    try:
        yield
    finally:
        _bound.reset(token)


def bound_names() -> dict[str, str]:
    """What is bound here and now."""
    return _bound.get() or {}


@contextmanager
def counting() -> Iterator[Tally]:
    """Count the statements sent inside."""
    tally = Tally()
    token = _tally.set(tally)
    try:
        yield tally
    finally:
        _tally.reset(token)


def count_query() -> None:
    """One more statement."""
    if tally := _tally.get():
        tally.queries += 1


def request_id() -> str:
    """The number of the request that is being answered; empty outside of one."""
    return bound_names().get("request", "")


def new_id() -> str:
    """A number that nobody else has, short enough to be read out on the telephone."""
    return uuid.uuid4().hex[:16]
