"""Chainage, split, merge and snap: nothing drifts, nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undergrounding.geometry import (
    Span,
    chainages,
    covers,
    project,
    repeated_vertices,
    self_crossings,
)

LINE = [(105.6321, 10.4602), (105.6421, 10.4602), (105.6421, 10.4702)]
places = st.tuples(st.floats(105.5, 105.8), st.floats(10.2, 10.6))
lines = st.lists(places, min_size=2, max_size=12, unique=True)


def test_chainage_is_metres_on_the_ellipsoid() -> None:
    marks = chainages(LINE)
    assert marks[0] == 0
    assert marks[1] == pytest.approx(1094.8158, abs=0.001)
    assert marks[2] == pytest.approx(1094.8158 + 1106.1092, abs=0.001)


def test_a_place_beside_the_line_has_a_chainage_and_an_offset() -> None:
    found = project(LINE, (105.6425, 10.4652))
    assert found.edge == 1
    assert found.offset_m == pytest.approx(43.8, abs=0.1)
    assert found.chainage_m == pytest.approx(1094.82 + 553.05, abs=0.1)


@given(lines)
def test_every_vertex_projects_onto_itself(line: list[tuple[float, float]]) -> None:
    assert all(project(line, vertex).offset_m < 0.001 for vertex in line)
    assert all(a <= b for a, b in pairwise(chainages(line)))


def test_gaps_overlaps_and_short_ends_do_not_cover_a_line() -> None:
    assert covers([Span(0, 2), Span(2, 4)], 5)
    assert not covers([], 5)
    assert not covers([Span(0, 2), Span(3, 4)], 5)
    assert not covers([Span(0, 3), Span(2, 4)], 5)
    assert not covers([Span(0, 3)], 5)
    assert not covers([Span(0, 0), Span(0, 4)], 5)


def test_a_line_that_crosses_itself_says_where() -> None:
    eight = [(105.0, 10.0), (105.2, 10.2), (105.2, 10.0), (105.0, 10.2)]
    (place,) = self_crossings(eight)
    assert place == pytest.approx((105.1, 10.1))
    assert self_crossings(LINE) == []
    assert self_crossings([*LINE, LINE[0]]) == []


def test_repeated_vertices_are_named_by_index() -> None:
    assert repeated_vertices([LINE[0], LINE[0], LINE[1]]) == [1]
