"""How the base map and the constraints look: the one source of their colours, widths and words.

Canvas, legend, print, hand-out and the insets of papers read it. The ground is quiet, so that what
the department works with stands out; the nearer, the more of it is told.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from infra.ground.choices import ConstraintKind
from infra.map.registry import Kind
from infra.map.style import Label, Sign, Stroke, Style

LAND = "#f7f4ec"
_DASHED, _FENCED = (4.0, 3.0), (6.0, 3.0)
_ROAD_INK, _WATER_INK, _PLACE_INK = "#4f4a40", "#3a7ca5", "#37333f"
_PAPER = "#fffdf8"


@dataclass(frozen=True)
class Look:
    """What kind of geometry a layer has, and its style."""

    kind: Kind
    style: Style


Looks = list[tuple[ConstraintKind, StrOrPromise, Look, dict[str, Any]]]


def base_looks() -> Looks:
    """The ground, from below to above; where roads start is said by `roads_at_zoom`."""
    return [
        (ConstraintKind.GREEN, gettext_lazy("Parks and fields"), _green(), {"min_zoom": 7}),
        (ConstraintKind.WATER, gettext_lazy("Rivers and canals"), _water(), {"is_ground": True}),
        (ConstraintKind.ROAD, gettext_lazy("Roads"), _roads(), {"min_zoom": 6, "is_ground": True}),
        (
            ConstraintKind.HOUSE,
            gettext_lazy("Houses"),
            Look(
                "polygon",
                Style((Sign("", "", (Stroke("#cdbfa9", 0.8, from_zoom=15.5),), "#e4dac8"),), 4),
            ),
            {"min_zoom": 14, "cap": 12000},
        ),
    ]


def _green() -> Look:
    signs = (
        Sign("park", gettext_lazy("Park"), (), "#cde3b8"),
        Sign("orchard", gettext_lazy("Orchard"), (), "#dbe8c4", pattern="trees"),
        Sign("grass", gettext_lazy("Grass"), (), "#e3edd0"),
        Sign("", gettext_lazy("Farmland"), (), "#ecefd9", pattern="rows"),
    )
    words = Label("name", 14, "#55703c", weight=400, halo="#f2f6e8", rank=60, by="class")
    same = {"paddy": "", "field": ""}
    return Look(
        "polygon",
        Style(signs, 1, sign_by="class", same_as=same, labels=(replace(words, only=("park",)),)),
    )


def _water() -> Look:
    sign = Sign("", "", (Stroke("#93bdd3", 0.9, from_zoom=11),), "#b9d7e6")
    words = Label(
        "name", 8.5, _WATER_INK, "along", weight=400, italic=True, halo="#dceaf1", repeat=420
    )
    rivers = replace(words, size=12, growth=0.7, most=16, rank=12, by="class", only=("river",))
    others = replace(words, min_zoom=11, size=10.5, growth=0.4, most=13, rank=32, repeat=480)
    canals = replace(others, by="class", only=("canal",))
    ditches = replace(others, min_zoom=14.5, rank=45, by="class", only=("ditch", "pond", ""))
    return Look("polygon", Style((sign,), 2, labels=(rivers, canals, ditches)))


def _roads() -> Look:
    ways = (
        _road("motorway", gettext_lazy("Motorway"), "#f2b866 #c98a35", 6.4, 5),
        _road("trunk", gettext_lazy("National road"), "#f8d489 #cfa24c", 5.8, 5),
        _road("primary", gettext_lazy("Main road"), "#fbe3ab #d2b06d", 5.2, 7),
        _road("secondary", gettext_lazy("Provincial road"), "#fff1cb #d3bf92", 4.6, 8),
        _road("tertiary", gettext_lazy("District road"), "#ffffff #cfc6b4", 3.9, 10),
        _road("residential", pgettext_lazy("on the map", "Street"), "#ffffff #d8d0c1", 2.7, 12),
        Sign(
            "track",
            gettext_lazy("Lane or track"),
            (Stroke("#c4b69a", 1.3, (4.0, 2.5), growth=1.25, least=0.8),),
            min_zoom=13,
        ),
        _road("", gettext_lazy("Other way"), "#ffffff #dad4c8", 2.2, 13),
    )
    plates = Label("ref", 8.5, "#54430f", "plate", size=10, halo="#fdf3d6", rank=14, repeat=300)
    great = replace(plates, only=("motorway", "trunk", "primary"))
    small = replace(plates, min_zoom=10, rank=22, only=("secondary", "tertiary"), halo="#ffffff")
    names = Label(
        "name", 12.5, _ROAD_INK, "along", size=10.5, growth=0.5, most=13, weight=400, halo=_PAPER
    )
    return Look(
        "line",
        Style(
            ways,
            3,
            sign_by="class",
            same_as={"avenue": "tertiary", "unclassified": "residential"},
            labels=(
                great,
                small,
                replace(names, rank=30, only=("motorway", "trunk", "primary", "secondary")),
                replace(names, min_zoom=13.5, rank=34, only=("tertiary", "avenue")),
                replace(names, min_zoom=15, rank=38, only=("residential", "unclassified", "track")),
            ),
        ),
    )


def _road(key: str, label: StrOrPromise, colors: str, width: float, start: float) -> Sign:
    """A way, `colors` its filling and its casing: from afar a thin line in the casing's colour."""
    fill, casing = colors.split()
    return Sign(
        key,
        label,
        (
            Stroke(casing, width + 1.8, growth=1.42, least=max(0.8, width / 3.9)),
            Stroke(fill, width, growth=1.42, least=0.6, from_zoom=10.5),
        ),
        min_zoom=start,
    )


# Boundaries are told by dots and a soft band, never louder than a road.
UNITS = Style(
    (
        Sign(
            "1",
            gettext_lazy("Province boundary"),
            (
                Stroke("#b7a4c9", 7, opacity=0.35),
                Stroke("#84719b", 1.5, (10.0, 3.0, 2.0, 3.0)),
            ),
        ),
        Sign(
            "3",
            gettext_lazy("Commune boundary"),
            (Stroke("#9a8cab", 1, (5.0, 3.0), opacity=0.7),),
            min_zoom=9,
        ),
    ),
    order=5,
    sign_by="level",
)
_NAME = Label("name", 9, _PLACE_INK, halo=_PAPER, rank=10, by="kind", repeat=0)
PLACES = Style(
    (),
    order=6,
    labels=(
        replace(_NAME, min_zoom=5, max_zoom=9.4, size=14, by="level", only=("1",), rank=1),
        replace(
            _NAME, min_zoom=8.7, size=11.5, growth=0.9, most=16, only=("Phường", "Thị trấn"), rank=5
        ),
        replace(_NAME, min_zoom=9.5, size=10.5, growth=0.8, most=14, weight=400, only=("Xã",)),
        replace(_NAME, min_zoom=9.5, size=11, growth=0.8, most=15, only=("Đặc khu", "Thành phố")),
    ),
)


def constraint_looks() -> Looks:
    """What decides about a place, from below to above."""
    return [
        (
            ConstraintKind.URBAN_AREA,
            gettext_lazy("Urban areas"),
            _area("#8c6d4a", order=21, opacity=0.15, dash=_DASHED, label=("#6d5438", 10)),
            {},
        ),
        (
            ConstraintKind.BORDER_ZONE,
            gettext_lazy("Border zone"),
            _area("#7a3b69", order=22, opacity=0.15, dash=_FENCED, label=("#632c54", 9)),
            {},
        ),
        (
            ConstraintKind.AIRPORT,
            gettext_lazy("Airports"),
            _area("#4b5a73", order=23, opacity=0.2, label=("#3a475c", 11)),
            {},
        ),
        (
            ConstraintKind.EROSION,
            gettext_lazy("Erosion warnings"),
            _area("#b5532a", order=24, opacity=0.25, label=("#8f3d1b", 13)),
            {},
        ),
        (
            ConstraintKind.HERITAGE,
            gettext_lazy("Heritage sites"),
            _area("#8a5a00", order=25, opacity=0.3, label=("#6d4800", 13)),
            {"min_zoom": 9},
        ),
        (
            ConstraintKind.SCHOOL,
            gettext_lazy("Schools"),
            _area("#3f6fb5", order=26, opacity=0.3, label=("#2b5294", 14)),
            {"min_zoom": 11},
        ),
        (
            ConstraintKind.HOSPITAL,
            gettext_lazy("Hospitals"),
            _area("#c2386b", order=27, opacity=0.25, label=("#9a2a55", 14)),
            {"min_zoom": 11},
        ),
        (ConstraintKind.POWER_LINE, gettext_lazy("Power lines"), _power(), {"min_zoom": 9}),
    ]


def _power() -> Look:
    high = Sign(
        "high",
        gettext_lazy("Power line, 110 kV and above"),
        (_way("#ffffff", 4.5), _way("#d3202b", 2.5)),
    )
    lower = Sign(
        "",
        gettext_lazy("Power line of lower voltage"),
        (_way("#ffffff", 3.2), _way("#d3202b", 1.4, _FENCED)),
    )
    return Look(
        "line",
        Style(
            (high, lower),
            order=28,
            sign_by="voltage_kv",
            same_as=dict.fromkeys(("110", "220", "500"), "high"),
            labels=(Label("name", 13, "#a3161f", "along", rank=26, repeat=480),),
        ),
    )


def _way(color: str, width: float, dash: tuple[float, ...] = ()) -> Stroke:
    """A line that is thinner from afar."""
    return Stroke(color, width, dash, growth=1.12, least=width * 0.55)


def _area(
    fill: str,
    *,
    order: int,
    opacity: float,
    dash: tuple[float, ...] = (),
    label: tuple[str, int],
) -> Look:
    sign = Sign("", "", (Stroke(fill, dash=dash, opacity=0.9),), fill, opacity)
    color, min_zoom = label
    return Look("polygon", Style((sign,), order, labels=(Label("name", min_zoom, color, rank=28),)))
