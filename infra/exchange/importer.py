"""What a half declares to have its files imported: fields, options, a dry check, one apply."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise

from infra.exchange.table import Row
from infra.ground.choices import IssueSeverity, Role
from infra.ground.registry import Registry
from infra.models import User

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Target:
    """One field that a column may fill; synonyms are headers without accents, in lower case."""

    key: str
    label: str | Promise
    synonyms: tuple[str, ...] = ()
    group: str | Promise = ""


@dataclass(frozen=True)
class Wording:
    """The words of an import's report: what is counted, and what a line of changes is about.

    `counted`: name of a count → its label, in order; a count without a label is not shown.
    `outcomes`: outcome of a change → its label, beside "new" and "changed".
    """

    counted: Mapping[str, str | Promise]
    thing: str | Promise
    parts: str | Promise
    outcomes: Mapping[str, str | Promise]
    to_result: str | Promise

    def counts(self, found: Mapping[str, int]) -> list[tuple[str, int]]:
        """The counts that were found, each with its label, in the declared order."""
        return [(str(label), found[key]) for key, label in self.counted.items() if key in found]


@dataclass(frozen=True)
class Issue:
    """Something wrong: in which row and column, in a sentence, with the mend offered."""

    row: int
    column: str
    code: str
    sentence: str
    value: str = ""
    severity: IssueSeverity = IssueSeverity.ERROR
    mend: str = ""
    mend_sentence: str = ""


@dataclass
class Setup:
    """How a file is to be read: column number per field, options, mends that were accepted."""

    mapping: Mapping[str, int]
    columns: list[str]
    options: Mapping[str, Any]
    mends: frozenset[str]
    actor: User
    file_name: str
    file_sha256: str

    def cell(self, row: Row, key: str) -> Any:
        """The row's cell for a field; None where the field has no column or the cell is empty."""
        at = self.mapping.get(key)
        return row.cells[at] if at is not None and at < len(row.cells) else None

    def column(self, key: str) -> str:
        """The header of a field's column."""
        at = self.mapping.get(key)
        return self.columns[at] if at is not None and at < len(self.columns) else ""


@dataclass
class Outcome:
    """What a dry check found: issues, counts by name, and a sample of what would change."""

    issues: list[Issue] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many issues stop the import."""
        return sum(issue.severity == IssueSeverity.ERROR for issue in self.issues)


class OptionsForm(forms.Form):
    """A form whose cleaned values are kept with the import."""

    def as_options(self) -> dict[str, Any]:
        """The cleaned values as JSON."""
        return dict(self.cleaned_data)


class Importer(Protocol):
    """One kind of import."""

    @property
    def key(self) -> str:
        """Its name in addresses and rows."""

    @property
    def label(self) -> str | Promise:
        """What people call it."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may import."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """What a column may mean."""

    @property
    def wording(self) -> Wording:
        """What its report says."""

    def options_form(
        self, data: Mapping[str, Any] | None, initial: Mapping[str, Any]
    ) -> OptionsForm:
        """The form of the options beside the columns."""

    def mapping_problems(self, mapping: Mapping[str, int], options: Mapping[str, Any]) -> list[str]:
        """Sentences that say what is missing before a check makes sense."""

    def guess_options(self, head: Mapping[str, Any], mapping: Mapping[str, int]) -> dict[str, Any]:
        """Options that the columns suggest."""

    def check(self, rows: Iterator[Row], setup: Setup, progress: Progress) -> Outcome:
        """Try everything, write nothing."""

    def apply(self, rows: Iterator[Row], setup: Setup, progress: Progress) -> dict[str, int]:
        """Write everything in the caller's transaction. Raises ImportRefused."""

    def result_url(self, setup_file: str) -> str:
        """Where the person sees what was imported."""


class ImportRefused(Exception):
    """What was checked no longer holds; nothing was written."""


IMPORTERS: Registry[Importer] = Registry("importer")


def register_importer(importer: Importer) -> None:
    """Make a kind of import known; call it from `AppConfig.ready()`."""
    IMPORTERS.register(importer.key, importer)


def importer_of(kind: str) -> Importer:
    """The importer of a kind. Raises Unbound."""
    return IMPORTERS.get(kind)


def importers_for(user: User) -> list[Importer]:
    """The kinds of import a person may do."""
    return [importer for importer in IMPORTERS.values() if user.has_role(*importer.roles)]
