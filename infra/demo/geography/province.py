"""The whole invented landscape: towns, highways up to their rims, houses along roads."""

import random
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from infra.demo.geography.buildings import clear_of, houses_along, without_overlaps
from infra.demo.geography.frame import Feature, Frame
from infra.demo.geography.landscape import Landscape, build_landscape, read_sketch
from infra.demo.geography.streets import Town
from infra.demo.geography.town import TownPlan, plan_town

_NEAR_TOWN_M = 6_000


def build_province() -> list[Feature]:
    """Every feature of the demo landscape, in degrees, the same on each run."""
    sketch = read_sketch()
    landscape = build_landscape(sketch)
    plans = [_town(entry, landscape, sketch["street_names"]) for entry in sketch["towns"]]
    features = [feature for plan in plans for feature in plan.features]
    for highway in landscape.highways:
        features += _open_road(highway, plans)
    built = [feature for feature in features if feature.kind == "road"]
    features += _ribbon_houses(built, plans, landscape)
    return [*landscape.water, *features, _border_zone(), _airfield()]


def _town(entry: dict[str, Any], landscape: Landscape, names: list[str]) -> TownPlan:
    frame = Frame(entry["lon"], entry["lat"])
    around = Point(0, 0).buffer(entry["radius_m"] * 3)
    water = shapely.union_all(
        [frame.to_metres(feature.geometry).intersection(around) for feature in landscape.water]
    )
    town = Town(
        key=entry["key"],
        name=entry["name"],
        radius_m=entry["radius_m"],
        block_m=(entry["block_m"][0], entry["block_m"][1]),
        turn_deg=entry["turn_deg"],
        seed=entry["seed"],
        water=water,
        names=names,
    )
    return plan_town(town, frame)


def _open_road(highway: Feature, plans: list[TownPlan]) -> list[Feature]:
    """The highway outside the towns, each loose end tied to the nearest street corner."""
    rims = shapely.union_all([_rim(plan) for plan in plans])
    rest = highway.geometry.difference(rims)
    pieces = [piece for piece in getattr(rest, "geoms", [rest]) if piece.length > 0.004]  # noqa: PLR2004
    return [
        Feature("road", highway.name, _tied(piece, plans, rims), highway.properties)
        for piece in pieces
    ]


def _rim(plan: TownPlan) -> BaseGeometry:
    outline = next(feature for feature in plan.features if feature.kind == "urban_area")
    return outline.geometry


def _tied(piece: LineString, plans: list[TownPlan], rims: BaseGeometry) -> LineString:
    vertices = list(piece.coords)
    for end in (0, -1):
        tip = Point(vertices[end])
        if rims.distance(tip) < 1e-6:  # noqa: PLR2004 - degrees: it was cut here
            corner = _nearest_corner(tip, plans)
            vertices.insert(0 if end == 0 else len(vertices), corner)
    return LineString(vertices)


def _nearest_corner(tip: Point, plans: list[TownPlan]) -> tuple[float, float]:
    plan = min(plans, key=lambda each: tip.distance(Point(each.frame.lon, each.frame.lat)))
    corners = shapely.multipoints(
        [xy for street in plan.streets for xy in plan.frame.to_degrees(street.line).coords]
    )
    nearest: Point = nearest_points(corners, tip)[0]
    return nearest.x, nearest.y


def _ribbon_houses(
    roads: list[Feature], plans: list[TownPlan], landscape: Landscape
) -> list[Feature]:
    """Houses along highways and canals near the towns, thinner with distance."""
    chance = random.Random(5)  # noqa: S311 - a landscape is no secret
    open_roads = [road for road in roads if road.properties["class"] in {"trunk", "secondary"}]
    found: list[Feature] = []
    for plan in plans:
        near = Point(0, 0).buffer(_NEAR_TOWN_M)
        lines = [
            (plan.frame.to_metres(road.geometry), str(road.properties["class"]))
            for road in open_roads
        ]
        lines += [(plan.frame.to_metres(line), "canal") for _, line in landscape.canal_lines]
        houses: list[Polygon] = []
        for line, road_class in lines:
            for piece in _pieces(line.intersection(near)):
                density = 0.32 if road_class != "canal" else 0.16
                houses += houses_along(piece, road_class, density=density, chance=chance)
        closed = shapely.union_all(
            [
                plan.frame.to_metres(_rim(plan)).buffer(25),
                *(line.buffer(9) for line, road_class in lines if road_class != "canal"),
                *(plan.frame.to_metres(f.geometry).intersection(near) for f in landscape.water),
            ]
        )
        dry = without_overlaps(clear_of(houses, closed))
        found += [Feature("house", "", plan.frame.to_degrees(house), {}) for house in dry]
    return found


def _pieces(geometry: BaseGeometry) -> list[LineString]:
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, LineString) and part.length > 0]


def _border_zone() -> Feature:
    strip = LineString([(105.15, 10.975), (105.28, 10.99), (105.40, 10.985), (105.52, 10.955)])
    return Feature("border_zone", "Khu vực biên giới (minh họa)", strip.buffer(0.035), {})


def _airfield() -> Feature:
    """An invented clear zone, so that the aviation rule has something to find."""
    strip = LineString([(105.598, 10.493), (105.613, 10.503)])
    return Feature(
        "airport", "Vùng tĩnh không minh họa", strip.buffer(0.004), {"class": "vicinity"}
    )
