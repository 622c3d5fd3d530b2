"""Curves through a few waypoints, so that rivers and roads bend like rivers and roads."""

import math
import random

from shapely.geometry import LineString

Point = tuple[float, float]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    """Catmull-Rom interpolation between p1 and p2."""

    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def smooth(waypoints: list[Point], steps: int = 12) -> LineString:
    """A smooth line through the waypoints, `steps` vertices between two of them."""
    padded = [waypoints[0], *waypoints, waypoints[-1]]
    vertices = [
        _between(padded[i], padded[i + 1], padded[i + 2], padded[i + 3], step / steps)
        for i in range(len(waypoints) - 1)
        for step in range(steps)
    ]
    return LineString([*vertices, waypoints[-1]])


def wander(line: LineString, sway: float, seed: int) -> LineString:
    """The line with gentle meanders of at most `sway` (its own unit), ends kept."""
    chance = random.Random(seed)  # noqa: S311 - a landscape is no secret
    phases = [chance.uniform(0, math.tau) for _ in range(3)]
    waves = [chance.uniform(2, 4), chance.uniform(5, 8), chance.uniform(9, 14)]
    vertices = []
    for x, y in line.coords:
        along = line.project(LineString([(x, y), (x, y)]).centroid, normalized=True)
        taper = math.sin(math.pi * along)
        offset = sum(
            math.sin(along * math.tau * wave + phase) / (rank + 1)
            for rank, (wave, phase) in enumerate(zip(waves, phases, strict=True))
        )
        vertices.append((x + sway * taper * offset / 2, y - sway * taper * offset / 2))
    return LineString(vertices)
