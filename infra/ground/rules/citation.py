"""Where a number comes from, and how sure that is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from infra.ground import province

OWN_PROVINCES = frozenset({"", province.NAME})  # "" is an instrument of the whole country


@dataclass(frozen=True, slots=True)
class Citation:
    """The instrument behind a limit; `confidence` is a value of infra.ground.choices.Confidence."""

    instrument: str
    article: str = ""
    confidence: str = "unverified"
    adopted_by: str = ""
    valid_from: date | None = None
    province: str = ""
    review_on: date | None = None
    ask: str = ""
    base_ended_on: date | None = None
    base_end_inferred: bool = False

    def needs_review(self, on: date) -> bool:
        """Whether the day on which somebody was to look at the row again has come."""
        return self.review_on is not None and self.review_on <= on

    def to_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        days = {name: data.get(name) for name in ("valid_from", "review_on", "base_ended_on")}
        return cls(
            instrument=data["instrument"],
            article=data.get("article", ""),
            confidence=data.get("confidence", "unverified"),
            adopted_by=data.get("adopted_by", ""),
            province=data.get("province", ""),
            ask=data.get("ask", ""),
            base_end_inferred=bool(data.get("base_end_inferred")),
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold as it stood on a date; one that does not bind may only warn."""

    code: str
    value: float
    unit: str
    citation: Citation

    @property
    def is_binding(self) -> bool:
        """Whether a decision adopted it, it is the country's or ours, and its base stands."""
        source = self.citation
        is_own = source.province in OWN_PROVINCES
        return bool(source.adopted_by) and is_own and source.base_ended_on is None

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "value": self.value,
            "unit": self.unit,
            "citation": self.citation.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            code=data["code"],
            value=float(data["value"]),
            unit=data["unit"],
            citation=Citation.from_json(data["citation"]),
        )
