"""Coordinate systems stay in infra/places/geo; nobody searches by degrees for metres."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    r"\bSpatialReference\b": "coordinate systems",
    r"\bfrom_crs\b": "coordinate systems",
    r"\bfrom_epsg\b": "coordinate systems",
    r"\bCoordTransform\b": "coordinate systems",
    r"\.transform\(\s*(?:\d|srid|ct\b)": "GEOSGeometry.transform",
    r"\bpyproj\b": "coordinate systems",
    r"__(?:distance_(?:lt|lte|gt|gte)|dwithin)\b": "lookups in degrees: use within_m",
    r"django\.contrib\.gis\.gdal": "GDAL never opens what somebody sent",
}
ELSEWHERE = [
    path
    for folder in ("infra", "sites", "undergrounding")
    for path in (ROOT / folder).rglob("*.py")
]


def _offences(text: str) -> Iterator[str]:
    for pattern, why in FORBIDDEN.items():
        for match in re.finditer(pattern, text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{line}: {match.group()} ({why})"


def test_coordinate_systems_are_handled_in_infra_geo_alone() -> None:
    found = {
        str(path.relative_to(ROOT)): list(_offences(path.read_text(encoding="utf-8")))
        for path in ELSEWHERE
        if "infra/places/geo" not in path.as_posix() and "migrations" not in path.parts
    }
    assert {name: offences for name, offences in found.items() if offences} == {}


@pytest.mark.parametrize(
    "line",
    [
        "point.transform(4326)",
        "Mast.objects.filter(point__distance_lte=(here, 5))",
        "Mast.objects.filter(point__dwithin=(here, 0.001))",
        "Transformer.from_crs(5897, 4326)",
        "from django.contrib.gis.gdal import SpatialReference",
    ],
)
def test_the_rule_sees_what_it_forbids(line: str) -> None:
    assert list(_offences(line))
