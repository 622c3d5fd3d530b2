"""What a fresh database is filled with: each part registers its own loaders."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from infra.ground.registry import Registry

Report = Callable[[str], None]
Loader = Callable[[Report], None]


class Stage(StrEnum):
    """Reference rows every office needs, or the illustrative ones of the demo."""

    REFERENCE = "reference"
    DEMO = "demo"


@dataclass(frozen=True)
class _Step:
    stage: Stage
    key: str
    order: int
    load: Loader


_STEPS: Registry[_Step] = Registry("loader")


def register_loader(stage: Stage, key: str, load: Loader, *, order: int) -> None:
    """Name a loader; it must be idempotent. Raises BoundTwice on a key named twice."""
    _STEPS.register((stage, key), _Step(stage, key, order, load))


def run_stage(
    stage: Stage,
    report: Report,
    within: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> None:
    """Run the stage's loaders in order; each says what it did through `report`.

    Each runs inside a context of its own: the reason that one of them gives is nobody else's.
    """
    steps = [step for step in _STEPS.values() if step.stage == stage]
    for step in sorted(steps, key=lambda step: (step.order, step.key)):
        with within():
            step.load(report)
