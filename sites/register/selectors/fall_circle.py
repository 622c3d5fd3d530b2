"""What stands in the circle a mast could reach in falling: counted and measured in three queries.

The model is ours and only advises (`sites.appraisal.rules.fall_zone`); the page says so.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely import from_wkb
from shapely.ops import nearest_points

from infra.ground.choices import ConstraintKind
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.geo.measure import circle, within_m
from infra.places.territory.selectors import limits_on
from sites.appraisal.rules import fall_zone
from sites.appraisal.rules.measured import GeoJSON, Structure
from sites.appraisal.sentences import metres
from sites.choices import Footing, OperatingStatus
from sites.models import Mast

KINDS = (*fall_zone.KINDS, ConstraintKind.POWER_LINE)
DRAWN_PER_KIND = 12
NO_MODEL: Promise = gettext_lazy("No model of the fall radius is on record for today.")
NO_HEIGHT: Promise = gettext_lazy(
    "The height of the mast is not recorded, so what it could reach in falling is unknown."
)
NO_BUILDING: Promise = gettext_lazy(
    "The mast stands on a building whose height is not recorded, so what it could reach in "
    "falling is unknown."
)


@dataclass(frozen=True)
class Reached:
    """One kind of thing: how many the circle touches, the nearest of them, whose data said so."""

    kind: str
    count: int = 0
    nearest_m: float | None = None
    name: str = ""
    dataset: str = ""

    @property
    def label(self) -> str:
        """The kind's name."""
        return str(ConstraintKind(self.kind).label)

    @property
    def is_absent(self) -> bool:
        """Whether no data of this kind is loaded, so that nothing can be said."""
        return not self.dataset


@dataclass(frozen=True)
class FallCircle:
    """The circle and what it reaches; or `missing`: why there is none. `scene` is GeoJSON."""

    structure: Structure
    missing: str | Promise = ""
    radius_m: float | None = None
    lines: tuple[Reached, ...] = ()
    scene: GeoJSON | None = None

    @property
    def model(self) -> str:
        """The version of the in-house model."""
        return fall_zone.MODEL_VERSION

    @property
    def touched(self) -> list[Reached]:
        """The kinds of which something stands in it."""
        return [line for line in self.lines if line.count]

    @property
    def reaches(self) -> bool:
        """Whether anything at all stands in it."""
        return bool(self.touched)


def fall_radius(mast: Mast) -> tuple[Structure, float | None, str | Promise]:
    """The mast's shape, its fall radius of today in metres, and what is missing without one."""
    structure = Structure(
        mast_class=mast.mast_class,
        on_roof=mast.footing == Footing.ROOF,
        height_m=_number(mast.height_m),
        building_height_m=_number(mast.building_height_m),
    )
    if structure.height_m is None:
        return structure, None, NO_HEIGHT
    if structure.total_height_m is None:
        return structure, None, NO_BUILDING
    radius_m = fall_zone.fall_radius_m(
        structure, limits_on(fall_zone.MULTIPLIER, timezone.localdate())
    )
    return structure, radius_m, "" if radius_m else NO_MODEL


def fall_circle(mast: Mast) -> FallCircle | None:
    """What today's layers have within the fall radius; None for what stands no longer."""
    if mast.operating_status == OperatingStatus.DISMANTLED:
        return None
    structure, radius_m, missing = fall_radius(mast)
    if not radius_m:
        return FallCircle(structure, missing)
    datasets = {row.kind: row for row in ConstraintDataset.objects.filter(is_current=True)}
    rows = list(_nearest(mast.point, radius_m, [datasets[k] for k in KINDS if k in datasets]))
    return FallCircle(
        structure=structure,
        radius_m=radius_m,
        lines=tuple(_line(kind, datasets.get(kind), rows) for kind in KINDS),
        scene={
            "type": "FeatureCollection",
            "features": [circle_feature(mast.point, radius_m), *_drawn(mast.point, rows)],
        },
    )


def circle_feature(point: Point, radius_m: float) -> GeoJSON:
    """The circle as its middle and radius: the map and the paper draw it round."""
    label = _("fall radius %(metres)s m, %(model)s") % {
        "metres": metres(radius_m),
        "model": fall_zone.MODEL_VERSION,
    }
    return _feature(_plain(point), "neutral", title=label, radius_m=float(radius_m))


def _nearest(point: Point, radius_m: float, datasets: Iterable[ConstraintDataset]) -> Any:
    """The nearest of each kind with how many there are: two windows over one index search."""
    found = within_m(
        ConstraintFeature.objects.filter(dataset__in=list(datasets)), "geometry", point, radius_m
    )
    return found.annotate(
        of_kind=Window(Count("pk"), partition_by="kind"),
        place=Window(RowNumber(), partition_by="kind", order_by=["distance_m", F("pk").asc()]),
    ).filter(place__lte=DRAWN_PER_KIND)


def _line(kind: str, dataset: ConstraintDataset | None, rows: Iterable[Any]) -> Reached:
    if dataset is None:
        return Reached(kind)
    nearest = min(
        (row for row in rows if row.kind == kind), key=lambda row: row.distance_m, default=None
    )
    if nearest is None:
        return Reached(kind, dataset=str(dataset))
    return Reached(kind, nearest.of_kind, nearest.distance_m, nearest.name, str(dataset))


def _drawn(point: Point, rows: Iterable[Any]) -> list[GeoJSON]:
    """Each thing, the part of it near the mast, and a measured line to the nearest of a kind."""
    parts = []
    for row in rows:
        parts.append(_feature(_near(point, row.geometry, row.distance_m), "hit", of=row.kind))
        if row.place == 1:
            label = f"{metres(row.distance_m)} m"
            link = _link(point, row.geometry)
            parts.append(_feature(link, "advisory", of=row.kind, label=label, dashed=True))
    return parts


def _near(point: Point, geometry: GEOSGeometry, distance_m: float) -> GeoJSON:
    """A road or a power line only as far as it matters: some way beyond its nearest spot."""
    if geometry.geom_type == "Point":
        return _plain(geometry)
    window = circle(point, 2 * distance_m + 60).envelope
    return _plain(window.intersection(geometry if geometry.valid else geometry.make_valid()))


def _link(point: Point, geometry: GEOSGeometry) -> GeoJSON:
    here, there = nearest_points(from_wkb(bytes(point.wkb)), from_wkb(bytes(geometry.wkb)))
    return {"type": "LineString", "coordinates": [[here.x, here.y], [there.x, there.y]]}


def _feature(geometry: GeoJSON, tone: str, **properties: Any) -> GeoJSON:
    return {"type": "Feature", "geometry": geometry, "properties": {"tone": tone, **properties}}


def _plain(geometry: GEOSGeometry) -> GeoJSON:
    plain: GeoJSON = json.loads(geometry.json)
    return plain


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
