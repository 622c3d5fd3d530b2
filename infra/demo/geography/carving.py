"""Cutting many shapes by many others, each only by those it really meets."""

from collections.abc import Callable
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray

Shapes = NDArray[Any]


def without(shapes: Shapes, areas: Shapes) -> Shapes:
    """Each shape without the areas over it; empty where nothing is left."""
    done = shapes.copy()
    for index, over in _met(shapes, areas):
        done[index] = shapely.difference(shapes[index], over)
    return done


def within(shapes: Shapes, areas: Shapes) -> Shapes:
    """Each shape as far as it lies in any of the areas; None where it meets none."""
    done = numpy.full(len(shapes), None, dtype=object)
    for index, over in _met(shapes, areas):
        done[index] = shapely.intersection(shapes[index], over)
    return done


def _met(shapes: Shapes, areas: Shapes) -> Any:
    """Each shape's place with the union of the areas that it meets."""
    first, second = shapely.STRtree(areas).query(shapes, predicate="intersects")
    union: Callable[[Any], Any] = shapely.union_all
    if not len(first):
        return
    starts = numpy.flatnonzero(numpy.r_[True, first[1:] != first[:-1]])
    for start, stop in zip(starts, [*starts[1:], len(first)], strict=True):
        over = areas[second[start:stop]]
        yield first[start], over[0] if len(over) == 1 else union(over)
