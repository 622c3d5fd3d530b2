"""What a fresh database is filled with: each part registers its own loaders."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Report = Callable[[str], None]
Loader = Callable[[Report], None]


class Stage(StrEnum):
    """Reference rows every office needs, or the illustrative ones of the demo."""

    REFERENCE = "reference"
    DEMO = "demo"


@dataclass(frozen=True)
class _Step:
    key: str
    order: int
    load: Loader


_steps: dict[Stage, dict[str, _Step]] = {stage: {} for stage in Stage}


def register_loader(stage: Stage, key: str, load: Loader, *, order: int) -> None:
    """Name a loader; it must be idempotent. Raises ValueError on a key named twice."""
    if key in _steps[stage]:
        msg = f"The loader {key!r} is registered twice."
        raise ValueError(msg)
    _steps[stage][key] = _Step(key, order, load)


def run_stage(
    stage: Stage,
    report: Report,
    within: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> None:
    """Run the stage's loaders in order; each says what it did through `report`.

    Each runs inside a context of its own: the reason that one of them gives is nobody else's.
    """
    for step in sorted(_steps[stage].values(), key=lambda step: (step.order, step.key)):
        with within():
            step.load(report)
