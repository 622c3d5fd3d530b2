"""What may run in the background: kinds of jobs by key, and periodic duties by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from infra.ground.registry import Registry

if TYPE_CHECKING:
    from infra.work.jobs.context import JobContext

JobFunction = Callable[["JobContext"], dict[str, Any] | None]
StoppedFunction = Callable[[dict[str, Any], str], None]


@dataclass(frozen=True)
class JobKind:
    """A kind of job: what runs, what people call it, who is told when it failed or was stopped."""

    key: str
    label: str | Promise
    run: JobFunction
    on_stopped: StoppedFunction | None = None


@dataclass(frozen=True)
class Duty:
    """Something the workers do together about once per `seconds`, beside the jobs; idempotent."""

    name: str
    seconds: float
    run: Callable[[], object]


KINDS: Registry[JobKind] = Registry("kind of job")
DUTIES: Registry[Duty] = Registry("duty")


def register_job(
    kind: str,
    fn: JobFunction,
    *,
    label: str | Promise = "",
    on_stopped: StoppedFunction | None = None,
) -> None:
    """Name a function that takes a JobContext; `on_stopped(payload, sentence)` tells its owner."""
    KINDS.register(kind, JobKind(kind, label or kind, fn, on_stopped))


def job_kind(kind: str) -> JobKind:
    """The registered kind. Raises Unbound when nobody registered it."""
    return KINDS.get(kind)


def kind_label(kind: str) -> str:
    """What people call a kind; the key itself when its code is gone."""
    known = KINDS.find(kind)
    return str(known.label) if known else kind


def register_duty(name: str, seconds: float, fn: Callable[[], object]) -> None:
    """Have the workers call `fn` about every `seconds`, on time while a long job runs."""
    DUTIES.register(name, Duty(name, seconds, fn))


def duties() -> list[Duty]:
    """All periodic duties."""
    return DUTIES.values()
