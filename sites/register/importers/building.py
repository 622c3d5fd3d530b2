"""From rows to plans: one mast per code, or masts derived from sectors that stand together."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from infra.exchange.importer import Issue, Progress, Setup
from infra.exchange.table import Row
from infra.ground.choices import OrganisationKind
from infra.ground.decimals import NumberFault
from infra.ground.plaintext import plain
from infra.models import Organisation
from infra.places.territory.whereabouts import UnitIndex
from sites.register.importers.plan import MastPlan, StationPlan
from sites.register.importers.positions import PositionReader
from sites.register.importers.sectors import SectorGroups
from sites.register.importers.values import ANTENNA_READERS, MAST_READERS, STATION_READERS

SECTORS = "sectors"
PROGRESS_EVERY = 500
CODE_LENGTH = 40
LEAVE_EMPTY = "leave-empty"
LAST_WINS = "last-wins"
HOLDERS = (OrganisationKind.OPERATOR, OrganisationKind.TOWER_COMPANY)


class PlanBuilder:
    """Reads all rows of a file once; afterwards `plans` and `issues` say what it means."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.units = UnitIndex()
        self.positions = PositionReader(setup, self.units)
        self.issues: list[Issue] = []
        self.rows_read = 0
        self._by_code: dict[str, MastPlan] = {}
        self._groups = SectorGroups(float(setup.options.get("cluster_m") or 0))
        self._bodies = _bodies()
        self._operator = self._bodies.get(plain(str(setup.options.get("operator") or "")))
        self._is_sectors = setup.options.get("rows_are") == SECTORS

    def build(self, rows: Iterator[Row], progress: Progress) -> list[MastPlan]:
        """All plans, in the order of the file."""
        for row in rows:
            self.rows_read += 1
            if self.rows_read % PROGRESS_EVERY == 0:
                progress(self.rows_read, 0, _("Reading row %s") % row.number)
            self._row(row)
        if self._is_sectors:
            return self._groups.plans(self.setup)
        return list(self._by_code.values())

    def _row(self, row: Row) -> None:
        self._formulas(row)
        place, issues = self.positions.read(row)
        self.issues += issues
        values = self._values(row, MAST_READERS)
        station = self._station(row)
        if self._is_sectors:
            if place is not None:
                self._groups.add(row, place, values, station)
            return
        values |= self._owner(row)
        code = self._code(row)
        if code and place is not None:
            self._add(MastPlan(code, place, [row.number], values, [station] if station else []))

    def _add(self, plan: MastPlan) -> None:
        """Several rows of one code are one mast when they name different operators."""
        known = self._by_code.get(plan.code)
        if known is None:
            self._by_code[plan.code] = plan
            return
        operators = {station.operator.pk for station in known.stations}
        if plan.stations and plan.stations[0].operator.pk not in operators:
            known.rows += plan.rows
            known.stations += plan.stations
            return
        if LAST_WINS in self.setup.mends:
            self._by_code[plan.code] = plan
            return
        sentence = _("the code %(code)s stands in row %(row)s already") % {
            "code": plan.code,
            "row": known.rows[0],
        }
        words = _("the last row of each code counts")
        self._issue(plan.rows[0], "code", "duplicate_code", sentence, plan.code, LAST_WINS, words)

    def _code(self, row: Row) -> str:
        prefix = str(self.setup.options.get("code_prefix") or "")
        cell = self.setup.cell(row, "code") if "code" in self.setup.mapping else str(row.number)
        code = f"{prefix}{cell}" if isinstance(cell, str) else ""
        if not code:
            self._issue(row.number, "code", "missing_code", _("the code is missing"))
        elif len(code) > CODE_LENGTH:
            sentence = _("the code is longer than %s characters") % CODE_LENGTH
            self._issue(row.number, "code", "long_code", sentence, code)
            code = ""
        return code

    def _formulas(self, row: Row) -> None:
        for key in self.setup.mapping:
            if isinstance(self.setup.cell(row, key), dict):
                sentence = _(
                    "the cell is a formula without a saved result; "
                    "open the file in Excel, save it, or paste the values"
                )
                self._issue(row.number, key, "formula", sentence)

    def _values(self, row: Row, readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Any]:
        """What the row says; an empty cell says nothing, one that makes no sense is an issue."""
        values: dict[str, Any] = {}
        for key, read in readers.items():
            cell = self.setup.cell(row, key)
            if not isinstance(cell, str):
                continue
            try:
                values[key] = read(cell)
            except ValueError as error:
                if LEAVE_EMPTY not in self.setup.mends:
                    sentence = _("this value is not understood or too long")
                    if isinstance(error, NumberFault):
                        sentence = str(error)
                    words = _("leave such cells empty")
                    self._issue(row.number, key, "bad_value", sentence, cell, LEAVE_EMPTY, words)
        return values

    def _owner(self, row: Row) -> dict[str, Any]:
        owner = self._body(row, "owner")
        return {"owner": owner} if owner else {}

    def _station(self, row: Row) -> StationPlan | None:
        operator = self._body(row, "operator") or self._operator
        if operator is None:
            return None
        cell_id = self.setup.cell(row, "cell_id")
        code = self.setup.cell(row, "station_code") or self.setup.cell(row, "code") or ""
        values = self._values(row, STATION_READERS)
        antenna = self._values(row, ANTENNA_READERS)
        if isinstance(cell_id, str) and cell_id.isdigit():
            code = str(int(cell_id) >> 8)  # an ECI is the number of the eNodeB and of the cell
            values.setdefault("technologies", ["4G"])
        prefix = str(self.setup.options.get("code_prefix") or "")
        plan = StationPlan(operator, f"{'' if cell_id else prefix}{code}"[:60], values)
        if antenna:
            plan.antennas.append(antenna)
        return plan

    def _body(self, row: Row, key: str) -> Organisation | None:
        cell = self.setup.cell(row, key)
        if not isinstance(cell, str):
            return None
        body = self._bodies.get(plain(cell))
        if body is None and LEAVE_EMPTY not in self.setup.mends:
            sentence = _("no operator or tower company has this name")
            words = _("leave such cells empty")
            self._issue(row.number, key, "unknown_body", sentence, cell, LEAVE_EMPTY, words)
        return body

    def _issue(  # noqa: PLR0917 - one place makes all of them
        self,
        row: int,
        key: str,
        code: str,
        sentence: str,
        value: str = "",
        mend: str = "",
        words: str = "",
    ) -> None:
        column = self.setup.column(key)
        self.issues.append(
            Issue(row, column, code, sentence, value, mend=mend, mend_sentence=words)
        )


def _bodies() -> dict[str, Organisation]:
    """Operators and tower companies by every name they go by."""
    bodies: dict[str, Organisation] = {}
    for body in Organisation.objects.filter(kind__in=HOLDERS):
        for name in (body.name, body.short_name, body.code):
            bodies[plain(name)] = body
    return bodies
