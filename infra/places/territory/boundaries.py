"""The office's own boundaries: matched to the units by code or by normalised name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely
from django.db import transaction

from infra.ground.plaintext import plain_words
from infra.models import AdministrativeUnit
from infra.places.territory import voronoi
from infra.places.territory.files import LayerFile, LayerFileError, LayerRow
from infra.places.territory.names import key
from infra.places.territory.selectors import units_on
from infra.places.territory.services import as_boundary

CODE_FIELDS: Final = ("code", "ma", "maxa", "ma_xa", "madvhc", "ma_dvhc", "wardcode", "ward_code")
NAME_FIELDS: Final = ("fullname", "name", "ten", "tenxa", "ten_xa", "tendvhc", "ten_dvhc", "ward")


@dataclass(frozen=True, slots=True)
class BoundaryReport:
    """What a file gave: units written, by which key, rows without a unit, units without a row."""

    by_code: int
    by_name: int
    strangers: list[str]
    missing: list[str]

    @property
    def matched(self) -> int:
        return self.by_code + self.by_name

    @property
    def is_complete(self) -> bool:
        return not self.strangers and not self.missing


class IncompleteBoundariesError(LayerFileError):
    """Rows and units do not pair off; `report` names those left over."""

    def __init__(self, report: BoundaryReport) -> None:
        left = [f"dòng không khớp đơn vị nào: {', '.join(report.strangers)}"] * bool(
            report.strangers
        )
        left += [f"đơn vị chưa có địa giới: {', '.join(report.missing)}"] * bool(report.missing)
        super().__init__(
            f"Khớp {report.matched} đơn vị; {'; '.join(left)}. Chưa ghi gì. "
            "Hãy sửa mã hoặc tên trong tệp, hoặc thêm --partial để nạp phần khớp được."
        )
        self.report = report


@transaction.atomic
def boundaries_load(
    file: LayerFile, *, source: str, on: date | None = None, partial: bool = False
) -> BoundaryReport:
    """Give the communes of a date the file's boundaries, their parents the union.

    All or nothing unless `partial`. Raises LayerFileError, IncompleteBoundariesError.
    """
    if file.refusals and not partial:
        msg = f"Tệp có dòng không dùng được; chưa ghi gì. {file.refused_sentences()}"
        raise LayerFileError(msg)
    matcher = _Matcher(list(units_on(on).select_related("parent")))
    for row in file.rows:
        matcher.take(row)
    report = matcher.report()
    if not (report.is_complete or partial):
        raise IncompleteBoundariesError(report)
    units = list(matcher.found.values())
    for unit in units:
        unit.boundary_source = source
        unit.boundary_is_approximate = False
    AdministrativeUnit.objects.bulk_update(
        units, ["boundary", "boundary_source", "boundary_is_approximate"], batch_size=50
    )
    if report.is_complete:
        _merge_parents(units, source)
    return report


class _Matcher:
    def __init__(self, units: list[AdministrativeUnit]) -> None:
        self.units = units
        self.by_code = {unit.code: unit for unit in units}
        full = {plain_words(str(unit)): unit for unit in units}
        repeated = Counter(key(str(unit)) for unit in units)
        short = {key(str(unit)): unit for unit in units if repeated[key(str(unit))] == 1}
        self.by_name = {**short, **full}
        self.found: dict[int, AdministrativeUnit] = {}
        self.hits = Counter[str]()
        self.strangers: list[str] = []

    def take(self, row: LayerRow) -> None:
        fields = {str(name).casefold(): str(value) for name, value in row.attributes.items()}
        code, name = _first(fields, CODE_FIELDS), _first(fields, NAME_FIELDS)
        unit = self.by_code.get(code.zfill(5)) if code else None
        how = "code"
        if unit is None:
            unit = self.by_name.get(plain_words(name)) or self.by_name.get(key(name))
            how = "name"
        label = f"{row.number} ({name or code or 'không mã, không tên'})"
        shape = voronoi.as_multipolygon(row.geometry)
        if unit is None or shape.is_empty:
            self.strangers.append(label)
            return
        if unit.pk in self.found:
            msg = f"Dòng {label} trùng với một dòng khác: cùng là {unit}. Hãy gộp lại trong tệp."
            raise LayerFileError(msg)
        unit.boundary = as_boundary(shape)
        self.found[unit.pk] = unit
        self.hits[how] += 1

    def report(self) -> BoundaryReport:
        missing = [f"{unit} ({unit.code})" for unit in self.units if unit.pk not in self.found]
        return BoundaryReport(self.hits["code"], self.hits["name"], self.strangers, missing)


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name].strip() for name in names if fields.get(name)), "")


def _merge_parents(units: list[AdministrativeUnit], source: str) -> None:
    for parent in {unit.parent_id: unit.parent for unit in units if unit.parent}.values():
        shapes = [
            shapely.from_wkb(bytes(unit.boundary.wkb))
            for unit in units
            if unit.parent_id == parent.pk and unit.boundary
        ]
        parent.boundary = as_boundary(voronoi.merged(shapes))
        parent.boundary_source = source
        parent.boundary_is_approximate = False
        parent.save(update_fields=["boundary", "boundary_source", "boundary_is_approximate"])
