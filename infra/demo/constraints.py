"""The invented landscape as constraint layers, one dataset version per kind."""

import datetime
from collections import defaultdict

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from infra.choices import ConstraintKind
from infra.demo.geography.frame import Feature
from infra.demo.geography.province import build_province
from infra.loading import Report
from infra.models import ConstraintDataset, ConstraintFeature

SOURCE = "Minh họa: tự vẽ cho bản demo"
_DRAWN_ON = datetime.date(2026, 11, 1)


def load_constraints(report: Report) -> None:
    """Create version 1 of each layer once; a layer that already has a version is left alone."""
    by_kind: dict[str, list[Feature]] = defaultdict(list)
    for feature in build_province():
        by_kind[feature.kind].append(feature)
    for kind, features in by_kind.items():
        if not ConstraintDataset.objects.filter(kind=kind).exists():
            _create(ConstraintKind(kind), features)
            report(f"Lớp {ConstraintKind(kind).label}: {len(features)} đối tượng (minh họa).")


@transaction.atomic
def _create(kind: ConstraintKind, features: list[Feature]) -> None:
    dataset = ConstraintDataset.objects.create(
        kind=kind,
        version=1,
        source=SOURCE,
        source_date=_DRAWN_ON,
        is_illustrative=True,
        feature_count=len(features),
    )
    rows = [
        ConstraintFeature(
            dataset=dataset,
            kind=kind,
            external_id=str(rank),
            name=feature.name,
            properties=feature.properties,
            geometry=GEOSGeometry(memoryview(feature.geometry.wkb), srid=4326),
        )
        for rank, feature in enumerate(features, start=1)
    ]
    ConstraintFeature.objects.bulk_create(rows, batch_size=2000)
