"""A town's streets: a turned, gently warped grid cut by water, with its blocks."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.prepared import prep

Node = tuple[int, int]
_AVENUE_EVERY = 4
_BRIDGE_EVERY = 8


@dataclass(frozen=True)
class Street:
    """A named street in the town's metres; road class avenue or residential."""

    name: str
    road_class: str
    line: LineString


@dataclass
class Town:
    """The skeleton of one town in metres around its centre."""

    key: str
    name: str
    radius_m: float
    block_m: tuple[float, float]
    turn_deg: float
    seed: int
    water: BaseGeometry
    names: list[str]
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - a landscape is no secret

    def outline(self) -> Polygon:
        """The built-up area: a blob with a wavy rim."""
        rim = []
        for step in range(72):
            angle = math.tau * step / 72
            wave = 0.12 * math.sin(3 * angle + self.seed) + 0.07 * math.sin(5 * angle - self.seed)
            reach = self.radius_m * (1 + wave)
            rim.append((reach * 1.15 * math.cos(angle), reach * 0.92 * math.sin(angle)))
        return Polygon(rim)

    def node(self, i: int, j: int) -> tuple[float, float]:
        """Where the grid's node (i, j) lies."""
        x, y = i * self.block_m[0], j * self.block_m[1]
        turn = math.radians(self.turn_deg)
        east = x * math.cos(turn) - y * math.sin(turn)
        north = x * math.sin(turn) + y * math.cos(turn)
        bend = self.radius_m / 9
        return (
            east + bend * math.sin(north / 640 + self.seed) * 0.6,
            north + bend * math.sin(east / 720 - self.seed) * 0.6,
        )

    def _reach(self) -> range:
        most = int(self.radius_m * 1.6 / min(self.block_m))
        return range(-most, most + 1)

    def _edges(self, line_index: int, *, along_x: bool) -> Iterator[tuple[Node, Node]]:
        for k in self._reach():
            start = (k, line_index) if along_x else (line_index, k)
            end = (k + 1, line_index) if along_x else (line_index, k + 1)
            yield start, end

    def streets(self) -> list[Street]:
        """Every street: runs of grid edges inside the outline that do not cross water."""
        inside, wet = prep(self.outline()), prep(self.water.buffer(14))
        names = list(self.names)
        self.chance.shuffle(names)
        found: list[Street] = []
        for along_x in (True, False):
            for index in self._reach():
                is_avenue = index % _AVENUE_EVERY == 0
                label = names.pop() if names and is_avenue else self._alley_name(names, index)
                road_class = "avenue" if is_avenue else "residential"
                runs = self._runs(index, along_x=along_x, inside=inside, wet=wet)
                found += [Street(label, road_class, run) for run in runs]
        return found

    def _alley_name(self, names: list[str], index: int) -> str:
        if names and self.chance.random() < 0.5:  # noqa: PLR2004
            return names.pop()
        return f"Đường số {abs(index) + 1}"

    def _runs(
        self, index: int, *, along_x: bool, inside: BaseGeometry, wet: BaseGeometry
    ) -> Iterator[LineString]:
        run: list[tuple[float, float]] = []
        gap_chance = 0.0 if index % _AVENUE_EVERY == 0 else 0.13
        has_bridges = index % _BRIDGE_EVERY == 0
        for start, end in self._edges(index, along_x=along_x):
            edge = LineString([self.node(*start), self.node(*end)])
            is_kept = inside.contains(edge) and (has_bridges or not wet.intersects(edge))
            if is_kept and self.chance.random() >= gap_chance:
                run = run or [self.node(*start)]
                run.append(self.node(*end))
            elif run:
                yield LineString(run)
                run = []
        if run:
            yield LineString(run)

    def blocks(self) -> list[Polygon]:
        """The dry blocks between streets, nearest to the centre first."""
        inside, wet = prep(self.outline()), prep(self.water.buffer(12))
        blocks = []
        for i in self._reach():
            for j in self._reach():
                corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
                block = Polygon([self.node(*corner) for corner in corners])
                if inside.contains(block) and not wet.intersects(block):
                    blocks.append(block)
        return sorted(blocks, key=lambda block: block.centroid.distance(Point(0, 0)))
