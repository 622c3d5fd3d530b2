"""The demo's landscape: everything that somebody looking at the map would find wrong."""

import subprocess
import sys
from collections import Counter
from typing import Any

import numpy
import pytest
import shapely
from numpy.typing import NDArray

from infra.demo.geography.frame import PROVINCE, Feature
from infra.demo.geography.ground import Ground
from infra.demo.geography.province import build_province
from infra.demo.geography.spots import Spot, spots
from script.lib.paths import ROOT
from sites.register.demo import TOTAL
from tests.demo import grounds

ROADS = {"motorway", "trunk", "primary", "secondary", "tertiary", "residential", "track"}
CLASSES = {
    "road": ROADS,
    "water": {"river", "canal", "ditch", "pond"},
    "green": {"field", "orchard", "park", "grass"},
}
BEYOND_M = 2_600  # as far a river along the border may lie outside
DIGEST = """
import hashlib, django
django.setup()
from infra.demo.geography.province import build_province
from tests.demo.grounds import corner
told = [(f.kind, f.name, f.geometry.wkb_hex, f.properties) for f in build_province(corner())]
print(hashlib.sha256(repr(told).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def ground() -> Ground:
    return grounds.whole()


@pytest.fixture(scope="module")
def features(ground: Ground) -> list[Feature]:
    return build_province(ground)


@pytest.fixture(scope="module")
def places(features: list[Feature], ground: Ground) -> list[Spot]:
    return spots(features, ground)


def shapes(features: list[Feature], kind: str, *classes: str) -> NDArray[Any]:
    """The features of a kind in metres."""
    found = [
        feature.geometry
        for feature in features
        if feature.kind == kind and (not classes or feature.properties["class"] in classes)
    ]
    metres: NDArray[Any] = PROVINCE.to_metres(numpy.array(found, dtype=object))
    return metres


def near(points: NDArray[Any], others: NDArray[Any], metres: float) -> NDArray[Any]:
    """Which of the points have one of the others so near."""
    hit = shapely.STRtree(others).query(points, predicate="dwithin", distance=metres)[0]
    return numpy.isin(numpy.arange(len(points)), hit)


def test_every_mast_of_the_demo_stands_where_a_mast_may_stand(
    features: list[Feature], places: list[Spot], ground: Ground
) -> None:
    assert len(places) >= TOTAL
    yards = PROVINCE.to_metres(shapely.points([place.yard for place in places]))
    assert near(yards, shapes(features, "road"), 500).all()
    assert near(yards, shapes(features, "house"), 300).all()
    assert near(yards, shapes(features, "green"), 300).mean() > 0.99
    assert not near(yards, shapes(features, "water"), 0.5).any()
    assert not near(yards, shapes(features, "house"), 3).any()
    assert near(
        PROVINCE.to_metres(shapely.points([place.roof for place in places])),
        shapes(features, "house"),
        0.5,
    ).all()
    areas = {commune.label: commune.area for commune in ground.communes}
    assert all(areas[place.commune].contains(shapely.Point(place.yard)) for place in places)
    assert set(Counter(place.commune for place in places)) == set(areas)


def test_the_main_roads_are_one_net(features: list[Feature]) -> None:
    lines = shapes(features, "road", "trunk", "primary", "secondary", "tertiary")
    first, second = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=1.5)
    neighbours: dict[int, list[int]] = {}
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        neighbours.setdefault(one, []).append(other)
    lengths, left, best = shapely.length(lines), set(range(len(lines))), 0.0
    while left:
        seen, waiting = set(), [left.pop()]
        while waiting:
            one = waiting.pop()
            seen.add(one)
            waiting += [other for other in neighbours[one] if other in left]
            left.difference_update(neighbours[one])
        best = max(best, lengths[sorted(seen)].sum())
    assert best / lengths.sum() >= 0.98


def test_no_road_ends_in_a_field(features: list[Feature], ground: Ground) -> None:
    lines = shapes(features, "road")
    ends = numpy.column_stack([shapely.get_point(lines, 0), shapely.get_point(lines, -1)]).ravel()
    at, line = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=1.5)
    loose = numpy.ones(len(ends), dtype=bool)
    loose[at[at // 2 != line]] = False
    loose &= numpy.repeat(~shapely.is_closed(lines), 2)
    border = PROVINCE.to_metres(ground.outline).boundary
    stubs = ends[loose & (shapely.distance(ends, border) > 700)]
    assert len(stubs) <= len(ends) * 0.003, shapely.to_wkt(PROVINCE.to_degrees(stubs[:5]))


def test_a_main_road_leads_to_the_centre_of_every_commune(
    features: list[Feature], ground: Ground
) -> None:
    main = shapes(features, "road", "trunk", "primary", "secondary", "tertiary")
    centres = shapely.points([(commune.lon, commune.lat) for commune in ground.communes])
    reached = near(PROVINCE.to_metres(centres), main, 400)
    assert [c.name for c, is_met in zip(ground.communes, reached, strict=True) if not is_met] == []


def test_every_shape_is_sound_and_lies_in_the_province(
    features: list[Feature], ground: Ground
) -> None:
    geometries = numpy.array([feature.geometry for feature in features], dtype=object)
    assert shapely.is_valid(geometries).all()
    assert not shapely.is_empty(geometries).any()
    outline = PROVINCE.to_metres(ground.outline)
    own, wide = outline.buffer(1), outline.buffer(BEYOND_M)
    shapely.prepare(own)
    shapely.prepare(wide)
    metres = PROVINCE.to_metres(geometries)
    is_river = numpy.array([feature.properties.get("class") == "river" for feature in features])
    assert shapely.covers(wide, metres[is_river]).all()
    outside = numpy.flatnonzero(~shapely.covers(own, metres[~is_river]))
    land = [feature for feature in features if feature.properties.get("class") != "river"]
    assert Counter((land[i].kind, land[i].properties.get("class")) for i in outside) == Counter()


def test_classes_names_and_numbers_are_what_the_map_draws(features: list[Feature]) -> None:
    for kind, known in CLASSES.items():
        found = {feature.properties["class"] for feature in features if feature.kind == kind}
        assert found == known
    named = [feature for feature in features if feature.properties.get("ref")]
    assert {"QL.30", "QL.1", "QL.80", "ĐT.844"} <= {str(f.properties["ref"]) for f in named}
    waters = [f for f in features if f.properties.get("class") in {"river", "canal"}]
    assert all(feature.name for feature in waters)
    assert 60_000 < len(features) < 150_000


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Also where Python puts sets and names in another order."""
    from django.conf import settings  # noqa: PLC0415

    told = set()
    for seed in ("1", "2"):
        env = {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "infra.settings",
            "DJANGO_SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": "postgis://nobody@localhost/none",
            "PUBLIC_URL": "http://127.0.0.1",
            "DEMO_MODE": "1",
        }
        command = [sys.executable, "-c", DIGEST]
        done = subprocess.run(
            command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
        )
        told.add(done.stdout.strip())
    assert len(told) == 1
    assert len(told.pop()) == 64
