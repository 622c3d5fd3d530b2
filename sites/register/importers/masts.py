"""The importer of masts and stations: check dry, apply all or nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.exchange.importer import ImportRefused, Outcome, Progress, Setup, Wording
from infra.exchange.table import Row
from infra.ground.choices import Role
from infra.models import Organisation
from sites.register.importers.building import SECTORS, PlanBuilder
from sites.register.importers.matching import describe, match
from sites.register.importers.options import MastImportOptions
from sites.register.importers.plan import MastPlan
from sites.register.importers.positions import GEOGRAPHIC, PLANE
from sites.register.importers.targets import TARGETS
from sites.register.importers.writing import write


class MastImporter:
    """Registers of masts, and lists of sectors that masts are derived from."""

    key = "masts"
    label = gettext_lazy("Masts and stations")
    roles = (Role.OFFICER, Role.ADMINISTRATOR)
    targets = TARGETS
    wording = Wording(
        counted={
            "rows": gettext_lazy("rows read"),
            "masts_new": gettext_lazy("new masts"),
            "masts_changed": gettext_lazy("changed masts"),
            "masts_same": gettext_lazy("masts as they are"),
            "stations_new": gettext_lazy("new stations"),
            "stations_changed": gettext_lazy("changed stations"),
            "antennas": gettext_lazy("antennas"),
            "shared": gettext_lazy("shared masts"),
        },
        thing=gettext_lazy("Mast"),
        parts=gettext_lazy("Stations (antennas)"),
        outcomes={"same": gettext_lazy("station only")},
        to_result=gettext_lazy("To the register"),
    )

    def options_form(
        self, data: Mapping[str, Any] | None, initial: Mapping[str, Any]
    ) -> MastImportOptions:
        """The form of the options."""
        return MastImportOptions(data, initial=dict(initial), prefix="o")

    def guess_options(self, head: Mapping[str, Any], mapping: Mapping[str, int]) -> dict[str, Any]:
        """Sectors have a cell number or an azimuth; running numbers need a prefix."""
        is_sectors = "cell_id" in mapping or "azimuth_deg" in mapping
        geographic = "lat" in mapping and "lon" in mapping
        sample = [row[mapping["code"]] for row in head["sample"]] if "code" in mapping else []
        is_number = all(str(cell).isdigit() for cell in sample)
        return {
            "rows_are": SECTORS if is_sectors else "masts",
            "position_from": GEOGRAPHIC if geographic else PLANE,
            "code_prefix": f"NHAP-{head['sha256'][:6].upper()}-"
            if is_number and not is_sectors
            else "",
        }

    def mapping_problems(self, mapping: Mapping[str, int], options: Mapping[str, Any]) -> list[str]:
        """What is missing before a check makes sense."""
        problems = []
        is_plane = options.get("position_from") == PLANE
        needed = {"x", "y"} if is_plane else {"lat", "lon"}
        labels = {target.key: str(target.label) for target in TARGETS}
        problems += [
            _("No column gives: %s.") % labels[key] for key in sorted(needed - mapping.keys())
        ]
        has_operator = "operator" in mapping or options.get("operator")
        if options.get("rows_are") == SECTORS and not has_operator:
            problems.append(
                _("Say whose sectors these are: a column, or one operator for all rows.")
            )
        return problems

    def check(self, rows: Iterator[Row], setup: Setup, progress: Progress) -> Outcome:
        """Try everything, write nothing."""
        builder, plans = self._plans(rows, setup, progress)
        organisations = dict(Organisation.objects.values_list("pk", "short_name"))
        changes = [describe(plan, organisations) for plan in plans if _does_something(plan)]
        return Outcome(builder.issues, _counts(builder, plans), changes, _notes(builder, setup))

    def apply(self, rows: Iterator[Row], setup: Setup, progress: Progress) -> dict[str, int]:
        """Write everything in the caller's transaction. Raises ImportRefused."""
        builder, plans = self._plans(rows, setup, progress)
        if any(issue.severity == "error" for issue in builder.issues):
            raise ImportRefused(
                _("The register changed since the check and there are errors now. Check again.")
            )
        source = _("import: %s") % setup.file_name
        return write([plan for plan in plans if _does_something(plan)], progress, source)

    def result_url(self, file_name: str) -> str:
        """The register."""
        return reverse("sites:mast_list")

    @staticmethod
    def _plans(
        rows: Iterator[Row], setup: Setup, progress: Progress
    ) -> tuple[PlanBuilder, list[MastPlan]]:
        builder = PlanBuilder(setup)
        plans = builder.build(rows, progress)
        match(plans, setup)
        return builder, plans


def _does_something(plan: MastPlan) -> bool:
    if plan.outcome != "same":
        return True
    return any(station.existing is None or station.changed for station in plan.stations)


def _counts(builder: PlanBuilder, plans: list[MastPlan]) -> dict[str, int]:
    stations = [station for plan in plans for station in plan.stations]
    return {
        "rows": builder.rows_read,
        "masts_new": sum(plan.outcome == "new" for plan in plans),
        "masts_changed": sum(plan.outcome == "changed" for plan in plans),
        "masts_same": sum(plan.outcome == "same" for plan in plans),
        "stations_new": sum(s.existing is None for s in stations),
        "stations_changed": sum(bool(s.existing and s.changed) for s in stations),
        "antennas": sum(len(s.antennas) for s in stations),
        "shared": sum(len(plan.stations) > 1 or _joins(plan) for plan in plans),
    }


def _joins(plan: MastPlan) -> bool:
    """Whether an operator comes to a mast that is there already with a new station."""
    return plan.existing is not None and any(s.existing is None for s in plan.stations)


def _notes(builder: PlanBuilder, setup: Setup) -> list[str]:
    """What could not be judged, said once."""
    notes = []
    if builder.units.is_empty:
        notes.append(_("No boundaries are loaded: positions were not compared with communes."))
    elif "declared_unit" not in setup.mapping:
        notes.append(
            _(
                "No column names the commune: a wrong central meridian or exchanged axes show "
                "only where a point falls outside the province."
            )
        )
    if not builder.units.is_empty and builder.units.is_approximate:
        notes.append(_("The boundaries are approximate: points near a border are only warned of."))
    return notes
