"""From the planner's draft to the committee's recorded ruling, and on to the works."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.contrib.gis.geos import LineString
from django.db import DatabaseError, transaction
from django.db.utils import InternalError
from pypdf import PdfReader

from infra.cases.workflow.engine import available
from infra.cases.workflow.errors import StaleVersion, TransitionForbidden, TransitionRefused
from infra.files import store
from infra.ground.choices import DocumentState
from infra.ground.rules import Severity
from infra.models import Notice
from infra.people.worklist import waiting_for
from tests.cast import Cast
from tests.factories import make_cost_rate
from tests.seals.aside import set_aside
from tests.undergrounding.drawing_samples import STREET, box, make_commune, make_route, make_water
from tests.undergrounding.route_steps import (
    LONG_AGO,
    approved,
    decision_data,
    step,
    submission_of,
    with_committee,
    with_leader,
)
from undergrounding.choices import RouteState
from undergrounding.models import CommitteeDecision, Route
from undergrounding.selectors.history import history_of

pytestmark = pytest.mark.django_db


def test_the_whole_way_ends_with_the_works_done(cast: Cast) -> None:
    route = approved(cast)
    assert route.state == RouteState.APPROVED
    step(route, "start_works", cast.planner)
    step(route, "finish", cast.planner)
    assert route.state == RouteState.DONE
    steps = [entry.title for entry in history_of(route) if entry.is_step]
    assert len(steps) == 6


def test_the_decision_keeps_the_line_it_ruled_on_for_good(cast: Cast) -> None:
    route = approved(cast)
    decision = CommitteeDecision.objects.get(route=route)
    assert decision.geometry.coords == STREET
    assert decision.geometry_sha256 == sha256(bytes(route.geometry.wkb)).hexdigest()
    assert decision.number == "1234/QĐ-UBND"
    assert store.read_bytes(decision.file.sha256).startswith(b"%PDF")
    for change in (
        lambda: CommitteeDecision.objects.update(number="1"),
        lambda: CommitteeDecision.objects.all().delete(),
    ):
        with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
            change()


def test_a_refusal_is_recorded_and_is_the_end(cast: Cast) -> None:
    route = with_committee(cast)
    step(route, "record_refusal", cast.planner, data=decision_data(route, cast.planner))
    assert route.state == RouteState.NOT_APPROVED
    assert route.decision.outcome == "not_approved"
    assert available("route", route, cast.planner) == []


def test_an_undescribed_segment_keeps_the_route_with_its_planner(cast: Cast) -> None:
    route = make_route(cast.planner, segments=[{"start": 0, "end": 3}])
    with pytest.raises(TransitionRefused) as refusal:
        step(route, "submit", cast.planner)
    assert "1" in refusal.value.sentences[0]
    assert Route.objects.get().state == RouteState.DRAFT


def test_a_line_across_an_exact_border_is_refused_and_an_approximate_one_only_warned_of(
    cast: Cast,
) -> None:
    commune = make_commune(box(105.6, 10.4, 105.635, 10.5))
    route = make_route(cast.planner)
    with pytest.raises(TransitionRefused):
        step(route, "submit", cast.planner)
    commune.boundary_is_approximate = True
    commune.save()
    record = step(route, "submit", cast.planner)
    codes = {f["code"]: f["severity"] for f in record.evidence["findings"]}
    assert codes["outside_approximate"] == Severity.ADVISORY


def test_a_crossing_is_found_with_its_chainage_and_kept_as_evidence(cast: Cast) -> None:
    make_water(("Kênh Trung tâm", LineString((105.637, 10.455), (105.637, 10.465), srid=4326)))
    record = step(make_route(cast.planner), "submit", cast.planner)
    (crossing,) = [f for f in record.evidence["findings"] if f["rule"] == "water_crossing"]
    assert crossing["code"] == "water_crossed_drilled"
    assert crossing["params"]["name"] == "Kênh Trung tâm"
    assert crossing["params"]["segment"] == 2
    assert 535 < crossing["params"]["from_m"] < 545


def test_the_step_keeps_the_cost_and_the_mark_of_the_line(cast: Cast) -> None:
    make_cost_rate(vnd_per_m=1_500_000)
    route = make_route(cast.planner)
    record = step(route, "submit", cast.planner)
    estimate = record.evidence["estimate"]
    assert estimate["is_illustrative"]
    assert not estimate["is_complete"]
    first = route.segments.first()
    assert first
    assert estimate["total"] == round(round(first.length_m, 2) * 1_500_000)
    assert record.evidence["geometry_sha256"] == sha256(bytes(route.geometry.wkb)).hexdigest()


def test_the_submission_is_frozen_for_the_leader_and_thawed_when_sent_back(cast: Cast) -> None:
    route = with_leader(cast)
    document = submission_of(route)
    assert document.state == DocumentState.FOR_SIGNATURE
    assert document.content_hash
    step(route, "send_back", cast.leader, reason="Bổ sung hướng tuyến")
    assert submission_of(route).state == DocumentState.DRAFT
    step(route, "send_back", cast.head, reason="Vẽ lại đoạn 2")
    assert route.state == RouteState.DRAFT
    notice = Notice.objects.filter(recipient=cast.planner).first()
    assert notice
    assert "Vẽ lại đoạn 2" in notice.body


def test_a_new_round_writes_the_submission_anew(cast: Cast) -> None:
    route = with_leader(cast)
    step(route, "send_back", cast.leader, reason="Sửa tên")
    set_aside(route, name="Tên mới")
    step(route, "submit_to_leader", cast.head)
    assert "Tên mới" in submission_of(route).subject


def test_the_submission_on_paper_has_the_segments_the_map_and_embedded_type(cast: Cast) -> None:
    make_cost_rate(vnd_per_m=1_500_000, source="Báo giá 12/BG (minh họa)")
    file = submission_of(with_leader(cast)).draft_file
    assert file
    reader = PdfReader(BytesIO(store.read_bytes(file.sha256)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "TỜ TRÌNH" in text
    assert "Nguyễn Huệ" in text
    assert "Đào hở dưới hè" in text
    assert "chưa có đơn giá" in text
    assert "Báo giá 12/BG (minh họa)" in text
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert any("Liberation-Serif" in name or "LiberationSerif" in name for name in fonts), fonts


def test_only_the_right_people_may_take_each_step(cast: Cast) -> None:
    route = make_route(cast.planner)
    people = dict(cast.people())
    takers = {
        name: [edge.name for edge in available("route", route, person)]
        for name, person in people.items()
    }
    assert [name for name, steps in takers.items() if steps] == ["planner"]
    with pytest.raises(TransitionForbidden):
        step(route, "submit", cast.head)


def test_a_leader_without_a_row_of_competence_signs_nothing(cast: Cast) -> None:
    route = with_leader(cast)
    with pytest.raises(TransitionRefused):
        step(route, "submit_to_committee", cast.second_leader)
    route.refresh_from_db()
    assert route.state == RouteState.WITH_LEADER


def test_of_two_leaders_the_slower_one_reads_who_was_first(cast: Cast) -> None:
    route = with_leader(cast)
    stale = Route.objects.get(pk=route.pk)
    step(route, "submit_to_committee", cast.leader)
    with pytest.raises(StaleVersion) as refusal:
        step(stale, "send_back", cast.second_leader, reason="Chưa rõ")
    assert cast.leader.full_name in refusal.value.sentences[0]


def test_a_ruling_waits_for_the_submission_to_go_out(cast: Cast) -> None:
    route = with_leader(cast)
    step(route, "submit_to_committee", cast.leader)
    with pytest.raises(TransitionRefused):
        step(route, "record_approval", cast.clerk, data=decision_data(route, cast.clerk))


@pytest.mark.parametrize(
    "changes",
    [
        {"number": " "},
        {"decided_on": ""},
        {"decided_on": "2999-01-01"},
        {"decided_on": LONG_AGO.isoformat()},
        {"file": ""},
        {"file": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_a_ruling_without_number_sound_date_or_file_is_refused(
    cast: Cast, changes: dict[str, str]
) -> None:
    route = with_committee(cast)
    with pytest.raises(TransitionRefused):
        step(route, "record_approval", cast.clerk, data=decision_data(route, cast.clerk) | changes)
    assert not CommitteeDecision.objects.exists()


def test_the_committee_may_ask_for_changes_and_the_first_submission_stays(cast: Cast) -> None:
    route = with_committee(cast)
    first = submission_of(route)
    step(route, "rework", cast.clerk, reason="Tránh vỉa hè mới lát")
    assert route.state == RouteState.DRAFT
    step(route, "submit", cast.planner)
    step(route, "submit_to_leader", cast.head)
    assert submission_of(route) != first
    first.refresh_from_db()
    assert first.state == DocumentState.ISSUED


def test_each_finds_the_route_in_their_work_when_it_is_their_turn(cast: Cast) -> None:
    route = make_route(cast.planner)

    def waits_for(name: str) -> bool:
        items = [item for kind in waiting_for(getattr(cast, name)) for item in kind.items]
        return any(str(route.uuid) in item.url and not item.is_paused for item in items)

    assert waits_for("planner")
    assert not waits_for("head")
    step(route, "submit", cast.planner)
    assert waits_for("head")
    assert not waits_for("planner")
