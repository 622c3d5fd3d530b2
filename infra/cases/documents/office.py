"""The issuing office as it heads a document today; frozen into each document's context."""

import re

from infra.ground.choices import OrganisationKind
from infra.models import Organisation

PROVINCE = re.compile(r"\s+(?:tỉnh|thành phố)\s+(?P<place>.+)$")
COMMITTEE = re.compile(r"^(?:Ủy|Uỷ) ban nhân dân", re.IGNORECASE)


def office_context() -> dict[str, str]:
    """Superior body, issuing body, place: from the organisations' rows."""
    department = _named(OrganisationKind.DEPARTMENT)
    match = PROVINCE.search(department)
    return {
        "superior": COMMITTEE.sub("UBND", _named(OrganisationKind.COMMITTEE)).upper(),
        "name": PROVINCE.sub("", department).upper(),
        "full_name": department,
        "place": match["place"] if match else "",
    }


def _named(kind: OrganisationKind) -> str:
    row = Organisation.objects.filter(kind=kind, is_active=True).order_by("pk").first()
    return row.name if row else ""
