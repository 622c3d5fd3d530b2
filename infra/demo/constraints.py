"""The invented landscape as constraint layers, one dataset version per kind."""

import datetime
from collections import defaultdict

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection

from infra.demo.geography.frame import Feature
from infra.demo.landscape import landscape
from infra.ground.choices import ConstraintKind
from infra.ground.loading import Report
from infra.models import ConstraintDataset
from infra.places.geo.crs import WGS84_SRID
from infra.places.territory.constraints import NewFeature, dataset_load

SOURCE = "Minh họa: tự vẽ cho bản demo"
_DRAWN_ON = datetime.date(2026, 11, 1)


def load_constraints(report: Report) -> None:
    """Load each layer once; a layer that already has a version is left alone."""
    there = set(ConstraintDataset.objects.values_list("kind", flat=True))
    if there >= set(ConstraintKind.values):
        return  # drawing the province takes a while: not at every start
    by_kind: dict[str, list[Feature]] = defaultdict(list)
    for feature in landscape():
        by_kind[feature.kind].append(feature)
    for kind, features in by_kind.items():
        if kind in there:
            continue
        dataset_load(
            kind=ConstraintKind(kind),
            features=[_stored(rank, feature) for rank, feature in enumerate(features, start=1)],
            source=SOURCE,
            source_date=_DRAWN_ON,
            is_illustrative=True,
        )
        report(f"Lớp {ConstraintKind(kind).label}: {len(features)} đối tượng (minh họa).")
    _count_anew()


def _count_anew() -> None:
    """Tell the planner of the many new rows, for the loaders that come next ask among them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE infra_constraintfeature")


def _stored(rank: int, feature: Feature) -> NewFeature:
    return NewFeature(
        geometry=GEOSGeometry(memoryview(feature.geometry.wkb), srid=WGS84_SRID),
        name=feature.name,
        external_id=str(rank),
        properties=feature.properties,
    )
