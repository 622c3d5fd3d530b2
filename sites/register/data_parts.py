"""The register on the page of data: what can be taken out, what is missing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from infra.exchange.data_home import Export, Section, register_export, register_section
from infra.models import User
from infra.people.access.roles import DEPARTMENT
from sites.register.selectors.quality import tallies


def _quality(user: User) -> dict[str, Any]:
    return {"tallies": tallies(user)}


def register() -> None:
    """Called once from the feature's `registering`."""
    register_export(
        Export(
            _("Masts and stations"),
            _("All masts you may see, with what you may read of each."),
            formats=(("CSV", "sites:mast_csv"), ("GeoJSON", "sites:mast_geojson")),
            page="sites:mast_list",
        )
    )
    register_section(
        Section("quality", 15, "sites/register/part_quality.html", _quality, DEPARTMENT)
    )
