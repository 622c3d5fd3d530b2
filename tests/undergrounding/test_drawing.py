"""Saving a drawing: whole, exact, once, and never over somebody else's."""

from typing import Any
from uuid import uuid4

import pghistory
import pytest
from django.core.exceptions import PermissionDenied

from infra.ground.choices import Role
from infra.ground.errors import Refused
from infra.ground.versions import StaleVersion
from infra.places.geo.measure import length_m
from infra.work.history import written_by
from tests.factories import make_user
from tests.seals.aside import set_aside
from tests.undergrounding.drawing_samples import (
    STREET,
    body,
    box,
    make_commune,
    make_route,
    save,
)
from undergrounding.choices import RouteState
from undergrounding.drawing import read_save
from undergrounding.models import Route, Segment
from undergrounding.selectors.history import history_of
from undergrounding.services.routes import (
    route_archive,
    route_restore,
    route_save,
)

pytestmark = pytest.mark.django_db


def test_a_drawn_route_reopens_vertex_for_vertex() -> None:
    route = Route.objects.get(pk=make_route().pk)
    assert route.geometry.coords == STREET
    parts = [segment.geometry.coords for segment in route.segments.all()]
    assert parts == [STREET[:3], STREET[2:]]
    assert sum(s.length_m for s in route.segments.all()) == pytest.approx(
        length_m(route.geometry), abs=0.001
    )


def test_codes_run_within_the_year() -> None:
    first, second = make_route(), make_route()
    year = first.created_at.year
    assert (first.code, second.code) == (f"NH-{year}-0001", f"NH-{year}-0002")


def test_the_same_save_sent_twice_is_one_route_and_one_version() -> None:
    planner, uuid, sent = make_user(Role.PLANNER), uuid4(), save()
    for _again in range(3):
        route = route_save(actor=planner, uuid=uuid, save=sent)
    assert Route.objects.count() == 1
    assert route.version == 1
    changed = save(version=1, name="Lê Lợi")
    for _again in range(2):
        route = route_save(actor=planner, uuid=uuid, save=changed)
    assert (route.version, route.name) == (2, "Lê Lợi")


def test_a_stale_drawing_is_refused_with_who_and_when_and_changes_nothing() -> None:
    lan = make_user(Role.PLANNER)
    with written_by(lan, why="drawing", door="page"):
        route = make_route(lan)
        route_save(actor=lan, uuid=route.uuid, save=save(version=1, name="Của Lan"))
    with pytest.raises(StaleVersion) as refusal:
        route_save(
            actor=make_user(Role.PLANNER), uuid=route.uuid, save=save(version=1, name="Của An")
        )
    assert lan.full_name in refusal.value.sentences[0]
    assert Route.objects.get(pk=route.pk).name == "Của Lan"


def test_unchanged_segments_leave_no_trace_in_the_history() -> None:
    route = make_route()
    before = list(route.segments.values_list("pk", flat=True))
    route_save(actor=route.created_by, uuid=route.uuid, save=save(version=1, name="Khác"))
    assert list(route.segments.values_list("pk", flat=True)) == before
    events: Any = pghistory.models.Events.objects
    event = events.tracks(Segment.objects.get(pk=before[0]))
    assert event.count() == 1


def test_fewer_segments_than_before_leave_none_behind() -> None:
    route = make_route()
    whole = [{"start": 0, "end": 3, "method": "tidy", "surface": "pavement"}]
    route_save(actor=route.created_by, uuid=route.uuid, save=save(version=1, segments=whole))
    assert [(s.start_vertex, s.end_vertex) for s in route.segments.all()] == [(0, 3)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vertices": [[105.63, 10.46]], "segments": []}, "two different places"),
        ({"vertices": [[105.63, 10.46]] * 2, "segments": []}, "two different places"),
        ({"vertices": [[105.63, 910.46], [105.64, 10.46]]}, "nowhere on Earth"),
        ({"segments": [{"start": 0, "end": 2}]}, "follow each other"),
        ({"name": " "}, "name"),
        ({"planned_year": 27}, "four figures"),
        ({"segments": [{"start": 0, "end": 3, "method": "magic"}]}, "method"),
        ({"segments": [{"start": 0, "end": 3, "cover_depth_m": 700}]}, "metres"),
        ({"vertices": "no"}, "could not be read"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    changes: dict[str, object], words: str, settings: object
) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refusal:
        read_save(body(**changes))
    assert words in " ".join(str(sentence) for sentence in refusal.value.sentences)


def test_a_line_outside_the_province_is_refused() -> None:
    make_commune(box(106.5, 10.4, 106.6, 10.5))
    with pytest.raises(Refused):
        make_route()
    assert not Route.objects.exists()


def test_only_planners_draw_and_only_drafts() -> None:
    with pytest.raises(PermissionDenied):
        make_route(make_user(Role.OFFICER))
    route = make_route()
    set_aside(route, state=RouteState.WITH_HEAD)
    with pytest.raises(Refused):
        route_save(actor=route.created_by, uuid=route.uuid, save=save(version=1))


def test_a_draft_put_aside_comes_back_whole() -> None:
    route = make_route()
    route_archive(actor=route.created_by, route=route)
    assert not Route.objects.current().exists()
    with pytest.raises(Refused):
        route_save(actor=route.created_by, uuid=route.uuid, save=save(version=2))
    route_restore(actor=route.created_by, route=route)
    assert Route.objects.current().get().geometry.coords == STREET


def test_saves_in_a_row_are_one_line_of_history() -> None:
    lan = make_user(Role.PLANNER)
    with written_by(lan, why="", door="page"):
        route = make_route(lan)
    for version in (1, 2, 3):
        with written_by(lan, why="", door="page"):
            route_save(actor=lan, uuid=route.uuid, save=save(version=version, name=f"v{version}"))
    entries = history_of(route)
    assert len(entries) == 2
    assert entries[0].who == lan.full_name
    assert "3" in entries[0].detail
