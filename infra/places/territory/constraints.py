"""Constraint layers: each load is a new version, sealed for good; the old one stays."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction
from django.db.models import Max

from infra.ground.choices import ConstraintKind
from infra.ground.locks import hold
from infra.models import ConstraintDataset, User

BATCH: Final = 5000
_COPY: Final = (
    "COPY infra_constraintfeature (dataset_id, kind, external_id, name, properties, geometry)"
    " FROM STDIN (FORMAT csv, FORCE_NOT_NULL (external_id, name))"
)


@dataclass(frozen=True, slots=True)
class NewFeature:
    """A feature to be stored; geometry in EPSG:4326."""

    geometry: GEOSGeometry
    name: str = ""
    external_id: str = ""
    properties: dict[str, Any] = field(default_factory=dict)


class EmptyDatasetError(Exception):
    """A version without a single feature would blind every rule that reads the layer."""


@transaction.atomic
def dataset_load(
    *,
    kind: ConstraintKind,
    features: Iterable[NewFeature],
    source: str,
    source_date: date,
    is_illustrative: bool = False,
    actor: User | None = None,
) -> ConstraintDataset:
    """Store a new current version of a layer and seal it; raises EmptyDatasetError."""
    hold(f"constraint:{kind}")
    versions = ConstraintDataset.objects.filter(kind=kind)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    versions.filter(is_current=True).update(is_current=False)
    dataset = ConstraintDataset.objects.create(
        kind=kind,
        version=last + 1,
        source=source,
        source_date=source_date,
        is_illustrative=is_illustrative,
        loaded_by=actor,
    )
    dataset.feature_count = _store(dataset, features)
    if not dataset.feature_count:
        msg = f"Lớp {kind.label} không có đối tượng nào; chưa ghi gì."
        raise EmptyDatasetError(msg)
    dataset.is_sealed = True
    dataset.save(update_fields=["feature_count", "is_sealed"])
    return dataset


def _store(dataset: ConstraintDataset, features: Iterable[NewFeature]) -> int:
    """Write the features by COPY: a layer of a province has a hundred thousand of them."""
    count = 0
    rows = iter(features)
    while batch := list(islice(rows, BATCH)):
        count += len(batch)
        text = io.StringIO()
        csv.writer(text).writerows(_row(dataset, feature) for feature in batch)
        text.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(_COPY, text)
    return count


def _row(dataset: ConstraintDataset, feature: NewFeature) -> tuple[object, ...]:
    return (
        dataset.pk,
        dataset.kind,
        feature.external_id[:80],
        feature.name[:200],
        json.dumps(feature.properties, ensure_ascii=False),
        feature.geometry.hexewkb.decode(),
    )
