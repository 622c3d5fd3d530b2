"""What a file means for the register: masts with their stations, each with what would change."""

from dataclasses import dataclass, field
from typing import Any

from infra.models import Organisation
from sites.models import Mast, Station


@dataclass
class StationPlan:
    """One operator's station on a planned mast."""

    operator: Organisation
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    antennas: list[dict[str, Any]] = field(default_factory=list)
    existing: Station | None = None
    changed: list[str] = field(default_factory=list)


@dataclass
class MastPlan:
    """One mast: the rows it came from, what they say, and the mast it is already."""

    code: str
    place: tuple[float, float]
    rows: list[int]
    values: dict[str, Any] = field(default_factory=dict)
    stations: list[StationPlan] = field(default_factory=list)
    existing: Mast | None = None
    changed: list[str] = field(default_factory=list)
    moves: bool = False

    @property
    def outcome(self) -> str:
        """new, changed or same."""
        if self.existing is None:
            return "new"
        return "changed" if self.changed or self.moves else "same"
