"""Where a number comes from, and how sure that is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

OWN_PROVINCES = frozenset({"", "Đồng Tháp"})  # "" is an instrument of the whole country


@dataclass(frozen=True, slots=True)
class Citation:
    """The instrument behind a limit; `confidence` is a value of infra.ground.choices.Confidence."""

    instrument: str
    article: str = ""
    confidence: str = "unverified"
    adopted_by: str = ""
    valid_from: date | None = None
    province: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        valid_from = data.get("valid_from")
        return cls(
            instrument=data["instrument"],
            article=data.get("article", ""),
            confidence=data.get("confidence", "unverified"),
            adopted_by=data.get("adopted_by", ""),
            valid_from=date.fromisoformat(valid_from) if valid_from else None,
            province=data.get("province", ""),
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
        """Whether the department adopted it and it is the country's or this province's own."""
        return bool(self.citation.adopted_by) and self.citation.province in OWN_PROVINCES

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
