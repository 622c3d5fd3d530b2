"""The bodies the department deals with: named ones from a file, one committee per commune."""

import json
from pathlib import Path

from django.conf import settings

from infra.ground.choices import OrganisationKind, UnitLevel
from infra.ground.loading import Report
from infra.models import AdministrativeUnit, Organisation


def load_organisations(report: Report) -> None:
    """Create what is missing; rows that somebody edited stay as they are."""
    path = Path(settings.BASE_DIR) / "fixtures" / "organisations.json"
    named = [Organisation(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    communes = AdministrativeUnit.objects.filter(level=UnitLevel.COMMUNE, valid_to=None)
    committees = [
        Organisation(
            code=f"ubnd-{unit.code}",
            kind=OrganisationKind.COMMUNE,
            short_name=f"UBND {unit}"[:60],
            name=f"Ủy ban nhân dân {unit.kind_name.lower()} {unit.name}",
            unit=unit,
        )
        for unit in communes
    ]
    before = Organisation.objects.count()
    Organisation.objects.bulk_create([*named, *committees], ignore_conflicts=True)
    report(f"Cơ quan, doanh nghiệp: thêm {Organisation.objects.count() - before}.")
