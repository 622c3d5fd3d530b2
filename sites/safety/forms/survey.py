"""What the phone sends of a visit, checked field by field."""

import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from sites.choices import InspectionKind
from sites.safety.services.inspections import ItemAnswer, MeasuredValue, VisitReport

_YEARS = range(1970, 2200)  # what a phone's clock can show; beyond it is no time at all
_NEEDS_BASIS = {InspectionKind.SPECIALISED_CHECK, InspectionKind.UNANNOUNCED_CHECK}
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


def _within_years(value: datetime.datetime) -> datetime.datetime:
    if value.year not in _YEARS:
        raise ValueError(_("This is no time of day that a phone can show."))
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_within_years)]
Code = Annotated[str, Field(min_length=1, max_length=40)]


class SentByPhone(BaseModel):
    """Strict about names and types."""

    model_config = _STRICT


class ChecklistPayload(SentByPhone):
    """The version of the checklist that the phone showed: its day, and the lines."""

    on: datetime.date
    codes: Annotated[list[Code], Field(max_length=100)]


class AnswerPayload(SentByPhone):
    """One checklist answer; a failure needs its severity."""

    code: Code
    result: Literal["pass", "fail", "not_applicable", "unable"]
    severity: Annotated[int | None, Field(ge=1, le=4)] = None
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def failure_has_severity(self) -> "AnswerPayload":
        if self.result == "fail" and self.severity is None:
            raise ValueError(_("Say how serious it is, 1 to 4."))
        return self


class MeasurementPayload(SentByPhone):
    """One measured value in its unit."""

    quantity: Literal["plumb", "earthing", "height"]
    value: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=3)]
    unit: Annotated[str, Field(max_length=15)]
    instrument: Annotated[str, Field(max_length=120)] = ""
    calibrated_until: datetime.date | None = None


class VisitPayload(SentByPhone):
    """A whole visit. A clock that cannot be right is no fault of the form: the rule judges it."""

    uuid: UUID
    kind: InspectionKind
    legal_basis: Annotated[str, Field(max_length=250)] = ""
    checklist: ChecklistPayload
    visited_at: Moment
    sent_at: Moment
    lat: Annotated[float | None, Field(ge=-90, le=90)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180)] = None
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000)] = None
    answers: Annotated[list[AnswerPayload], Field(max_length=100)]
    measurements: Annotated[list[MeasurementPayload], Field(max_length=20)] = []
    note: Annotated[str, Field(max_length=4000)] = ""

    @field_validator("answers")
    @classmethod
    def each_item_once(cls, value: list[AnswerPayload]) -> list[AnswerPayload]:
        if len({answer.code for answer in value}) != len(value):
            raise ValueError(_("One item was answered twice: keep one answer for each."))
        return value

    @model_validator(mode="after")
    def check_has_legal_basis(self) -> "VisitPayload":
        if self.kind in _NEEDS_BASIS and not self.legal_basis:
            raise ValueError(_("Write the decision or the clear sign that this check rests on."))
        return self

    def to_report(self) -> VisitReport:
        """The same, as the service takes it."""
        return VisitReport(
            uuid=self.uuid,
            kind=self.kind,
            legal_basis=self.legal_basis,
            visited_at=self.visited_at,
            sent_at=self.sent_at,
            checklist_on=self.checklist.on,
            checklist_codes=tuple(dict.fromkeys(self.checklist.codes)),
            lon=self.lon,
            lat=self.lat,
            accuracy_m=self.accuracy_m,
            note=self.note,
            answers=tuple(
                ItemAnswer(one.code, one.result, one.severity, one.note) for one in self.answers
            ),
            measurements=tuple(
                MeasuredValue(
                    one.quantity,
                    one.value,
                    one.unit,
                    one.instrument,
                    one.calibrated_until.isoformat() if one.calibrated_until else "",
                )
                for one in self.measurements
            ),
        )


def sentences_of(error: ValidationError) -> list[dict[str, str]]:
    """The faults as field and sentence; our own sentences as written, the library's in general."""
    return [
        {
            "field": ".".join(str(part) for part in fault["loc"]),
            "sentence": str(fault["ctx"]["error"])
            if fault["type"] == "value_error"
            else _("This value cannot be used here."),
        }
        for fault in error.errors(include_url=False)
    ]
