"""A load tried and taken back: the very loaders run, so what passes here passes for good."""

from collections import Counter
from typing import Any, Final

import shapely
from django.db import DatabaseError, transaction
from shapely import STRtree

from infra.ground.choices import ConstraintKind
from infra.models import ConstraintDataset, ConstraintFeature, LayerLoad
from infra.places.territory.boundaries import IncompleteBoundariesError, boundaries_load
from infra.places.territory.constraint_files import new_features
from infra.places.territory.constraints import EmptyDatasetError, dataset_load
from infra.places.territory.files import LayerFile, LayerFileError
from infra.places.territory.selectors import units_on

MOST_PROBLEMS: Final = 200


class _TakeBack(Exception):
    """Ends the transaction of a trial."""


def current_of(kind: str) -> ConstraintDataset | None:
    """The version of a layer that counts now."""
    return ConstraintDataset.objects.filter(kind=kind, is_current=True).first()


def report_on(load: LayerLoad, file: LayerFile) -> dict[str, Any]:
    """What the file holds, what is wrong with it and what it would change; nothing is written."""
    shapes = [row.geometry for row in file.rows]
    outside = _outside(shapes)
    problems = [str(refusal) for refusal in file.refusals]
    changes: dict[str, Any] = {}
    if not problems:
        try:
            with transaction.atomic():
                changes = _boundaries(load, file) if not load.kind else _layer(load, file)
                raise _TakeBack
        except _TakeBack:
            pass
        except IncompleteBoundariesError as error:
            problems += [f"Không khớp đơn vị nào: dòng {row}" for row in error.report.strangers]
            problems += [f"Chưa có địa giới trong tệp: {unit}" for unit in error.report.missing]
        except (LayerFileError, EmptyDatasetError) as error:
            problems.append(str(error))
        except DatabaseError as error:
            problems.append(f"Cơ sở dữ liệu không nhận: {str(error).splitlines()[0]}")
    if load.kind and shapes and outside == len(shapes):
        problems.append(
            "Không đối tượng nào nằm trong tỉnh. Kiểm tra hệ tọa độ hoặc kinh tuyến trục của tệp."
        )
    return {
        "features": len(file.rows) + len(file.refusals),
        "geometries": dict(Counter(shape.geom_type for shape in shapes)),
        "outside": outside,
        "errors": len(problems),
        "problems": problems[:MOST_PROBLEMS],
        **changes,
    }


def write(load: LayerLoad, file: LayerFile) -> ConstraintDataset | None:
    """Write the whole file or raise; the new version, None for boundaries."""
    if load.kind:
        return dataset_load(
            kind=ConstraintKind(load.kind),
            features=new_features(file),
            source=load.source,
            source_date=load.source_date,
            actor=load.created_by,
        )
    boundaries_load(file, source=load.source, on=load.source_date)
    return None


def _layer(load: LayerLoad, file: LayerFile) -> dict[str, Any]:
    before = current_of(load.kind)
    made = write(load, file)
    was, now = _shapes(before), _shapes(made)
    same = (was & now).total()
    return {
        "against": before.pk if before else None,
        "version_now": before.version if before else None,
        "changes": {
            "same": same,
            "added": now.total() - same,
            "removed": was.total() - same,
        },
    }


def _shapes(dataset: ConstraintDataset | None) -> Counter[tuple[str, bytes]]:
    rows = ConstraintFeature.objects.filter(dataset=dataset).values_list("name", "geometry")
    return Counter((name, bytes(shape.wkb)) for name, shape in rows.iterator())


def _boundaries(load: LayerLoad, file: LayerFile) -> dict[str, Any]:
    before = dict(units_on(load.source_date).values_list("pk", "boundary"))
    done = boundaries_load(file, source=load.source, on=load.source_date)
    after = dict(units_on(load.source_date).values_list("pk", "boundary"))
    same = sum(_is_same(before[pk], shape) for pk, shape in after.items())
    return {
        "by_code": done.by_code,
        "by_name": done.by_name,
        "changes": {
            "same": same,
            "added": sum(before[pk] is None for pk in after),
            "replaced": sum(before[pk] is not None for pk in after) - same,
        },
    }


def _is_same(was: Any, now: Any) -> bool:
    return was is not None and bytes(was.wkb) == bytes(now.wkb)


def _outside(shapes: list[shapely.Geometry]) -> int | None:
    """How many touch no unit of today; None while no boundary is known."""
    known = [unit.boundary for unit in units_on().exclude(boundary=None) if unit.boundary]
    if not known:
        return None
    tree = STRtree([shapely.from_wkb(bytes(boundary.wkb)) for boundary in known])
    touching = tree.query(shapes, predicate="intersects")[0]
    return len(shapes) - len(set(touching.tolist()))
