"""The pages of undergrounding: who sees what, and that figures are the rows' own."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from infra.ground.choices import Confidence, Publicity
from infra.ground.loading import Report
from tests.cast import Cast
from tests.factories import make_cost_rate
from tests.reading import page_text
from tests.seals.aside import set_aside
from tests.undergrounding.drawing_samples import body, box, make_commune, make_route
from tests.undergrounding.route_steps import approved
from undergrounding import reference
from undergrounding.choices import RouteState
from undergrounding.models import CostRate, PlanFigure, Route, Scheme

pytestmark = pytest.mark.django_db
LIST = "/ngam-hoa/"


def quiet(_line: str) -> None:
    """Nobody reads the report of a test."""


SAY_NOTHING: Report = quiet


@pytest.fixture
def planner(client: Client, cast: Cast) -> Client:
    """A window of the planner."""
    client.force_login(cast.planner)
    return client


def names_in(client: Client, query: str = "") -> list[str]:
    """The routes on the first page of the list."""
    page: Any = client.get(f"{LIST}{query}")
    return [route.name for route in page.context["page"]]


def test_the_list_answers_text_without_accents_state_year_plan_and_commune(
    planner: Client, cast: Cast
) -> None:
    make_commune(box(105.6, 10.4, 105.65, 10.5), name="Cao Lãnh")
    far = make_commune(box(105.7, 10.2, 105.8, 10.3), name="Sa Đéc")
    reference.load(SAY_NOTHING)
    make_route(cast.planner, name="Nguyễn Huệ", planned_year=2027, scheme="kh-240-2020")
    there = [[105.75, 10.25], [105.76, 10.25]]
    make_route(
        cast.planner,
        name="Lê Lợi",
        street="Lê Lợi",
        vertices=there,
        segments=[{"start": 0, "end": 1}],
    )
    assert names_in(planner) == ["Nguyễn Huệ", "Lê Lợi"]
    assert names_in(planner, "?q=nguyen+hue") == ["Nguyễn Huệ"]
    assert names_in(planner, "?q=le loi") == ["Lê Lợi"]
    assert names_in(planner, "?year=2027") == ["Nguyễn Huệ"]
    assert names_in(planner, "?scheme=kh-240-2020") == ["Nguyễn Huệ"]
    assert names_in(planner, f"?commune={far.code}") == ["Lê Lợi"]
    assert names_in(planner, "?state=approved") == []
    assert names_in(planner, "?state=nonsense&year=x") == ["Nguyễn Huệ", "Lê Lợi"]


def test_plan_figures_stand_with_their_source_beside_what_is_drawn(
    planner: Client, cast: Cast
) -> None:
    reference.load(SAY_NOTHING)
    reference.load(SAY_NOTHING)
    figures = {f.phase: (f.route_count, float(f.length_km)) for f in PlanFigure.objects.all()}
    assert figures == {
        "Toàn kế hoạch": (129, 168.0),
        "Giai đoạn 1": (16, 31.5),
        "Giai đoạn 2": (113, 136.5),
    }
    assert PlanFigure.objects.get(phase="Giai đoạn 2").confidence == Confidence.COMPUTED
    route = make_route(cast.planner, scheme="kh-240-2020", planned_year=2023)
    set_aside(route, state=RouteState.DONE)
    page: Any = planner.get(LIST)
    done = {row.figure.phase: row.done.routes for row in page.context["progress"]}
    assert done == {"Toàn kế hoạch": 1, "Giai đoạn 1": 0, "Giai đoạn 2": 1}
    text = page_text(page)
    assert "168,00 km" in text
    assert "KH 240/KH-UBND" in text
    assert Scheme.objects.count() == 1


def test_a_draft_is_nowhere_for_operators_and_a_published_ruling_shows_no_inside(
    client: Client, cast: Cast
) -> None:
    make_cost_rate()
    draft = make_route(cast.planner, name="Tuyến nháp")
    ruled = approved(cast)
    client.force_login(cast.operator)
    assert names_in(client) == []
    assert client.get(f"{LIST}{ruled.uuid}/").status_code == 404
    set_aside(ruled, publicity=Publicity.PUBLIC, note="Ghi chú nội bộ")
    assert client.get(f"{LIST}{draft.uuid}/").status_code == 404
    page: Any = client.get(f"{LIST}{ruled.uuid}/")
    assert page.status_code == 200
    text = page_text(page)
    assert "1234/QĐ-UBND" in text
    assert "estimate" not in page.context
    assert "history" not in page.context
    assert "qd.pdf" not in text
    assert "Ghi chú nội bộ" not in text
    assert cast.planner.full_name not in text
    assert client.get(f"/api/v1/routes/{draft.uuid}").status_code == 404
    assert client.get(f"/api/v1/routes/{ruled.uuid}").status_code == 200


def test_the_page_says_where_the_cost_comes_from(planner: Client, cast: Cast) -> None:
    route = make_route(cast.planner)
    address = f"{LIST}{route.uuid}/"
    assert planner.get(address).context["estimate"].is_empty
    make_cost_rate(source="Báo giá 12/BG", vnd_per_m=1_000_000)
    text = page_text(planner.get(address))
    assert "Báo giá 12/BG" in text
    assert "1.000.000" in text
    assert "tone-waiting" in text


def test_the_list_asks_the_database_the_same_however_many_routes_there_are(
    planner: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        make_route(cast.planner, name=f"Tuyến {number}")
    planner.get(LIST)
    with django_assert_max_num_queries(22):
        planner.get(LIST)


def test_a_save_tells_version_findings_and_addresses(planner: Client, cast: Cast) -> None:
    route = make_route(cast.planner)
    sent = body(version=1, name="Tên khác")
    answer = post(planner, route, sent)
    assert answer.status_code == 200
    told = answer.json()
    assert told["version"] == 2
    assert told["drawing"]["vertices"] == sent["vertices"]
    assert told["urls"]["detail"] == reverse("undergrounding:route_detail", args=[route.uuid])
    assert {finding["severity"] for finding in told["findings"]} >= {"undetermined", "pass"}


def test_a_stale_save_gives_theirs_and_a_bad_one_its_sentences(planner: Client, cast: Cast) -> None:
    route = make_route(cast.planner)
    stale = post(planner, route, body(version=7, name="Của tôi"))
    assert stale.status_code == 409
    assert stale.json()["fields"]["name"] == "Nguyễn Huệ"
    assert stale.json()["version"] == 1
    bad = post(planner, route, body(version=1, vertices=[[105.6, 10.4]], segments=[]))
    assert bad.status_code == 422
    assert bad.json()["sentences"]
    assert planner.post(f"{LIST}{route.uuid}/luu/", b"{", "application/json").status_code == 422


@pytest.mark.parametrize(
    "sent",
    [
        '{"version": 1e999, "vertices": [], "segments": []}',
        '{"vertices": [[1, 1]], "segments": [{"start": 1e999, "end": 1}]}',
        "[" * 100_000,
    ],
)
def test_a_drawing_made_to_hurt_is_refused_in_a_sentence(
    planner: Client, cast: Cast, sent: str
) -> None:
    url = reverse("undergrounding:route_save", args=[make_route(cast.planner).uuid])
    answer = planner.post(url, sent, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["sentences"]


def test_nobody_but_a_planner_saves(client: Client, cast: Cast) -> None:
    route = make_route(cast.planner)
    client.force_login(cast.officer)
    answer = post(client, route, body(version=1))
    assert answer.status_code == 403
    assert answer.json()["sentences"]


def test_a_rate_is_entered_with_its_source_edited_and_taken_away(
    planner: Client, cast: Cast
) -> None:
    told = {
        "version": 1,
        "method": "hdd",
        "vnd_per_m": "2500000",
        "source": "Quyết định đơn giá (minh họa)",
        "confidence": Confidence.ILLUSTRATIVE,
        "valid_from": "2026-01-01",
        "valid_to": "",
    }
    assert planner.post("/ngam-hoa/don-gia/moi/", told).status_code == 302
    rate = CostRate.objects.get()
    assert rate.entered_by == cast.planner
    address = f"/ngam-hoa/don-gia/{rate.uuid}/"
    for wrong in (
        {"source": ""},
        {"vnd_per_m": "0"},
        {"valid_to": "2025-01-01"},
    ):
        assert planner.post(address, told | wrong).status_code == 200
    assert planner.post("/ngam-hoa/don-gia/moi/", told).status_code == 200
    assert planner.post(address, told | {"vnd_per_m": "2600000"}).status_code == 302
    assert planner.post(address, told | {"vnd_per_m": "1"}).status_code == 409, "stale version"
    rate.refresh_from_db()
    assert (int(rate.vnd_per_m), rate.version) == (2_600_000, 2)
    assert planner.post(f"{address}bo/").status_code == 302
    assert not CostRate.objects.exists()


def test_without_rates_the_page_says_so_and_invents_none(planner: Client) -> None:
    reference.load(SAY_NOTHING)
    assert not CostRate.objects.exists()
    page: Any = planner.get("/ngam-hoa/don-gia/")
    assert len(page.context["missing"]) == 7


def test_a_draft_can_be_put_aside_and_taken_back_from_its_page(planner: Client, cast: Cast) -> None:
    route = make_route(cast.planner)
    planner.post(f"{LIST}{route.uuid}/cat-di/")
    assert names_in(planner) == []
    assert names_in(planner, "?archived=on") == ["Nguyễn Huệ"]
    assert "lay-lai" in page_text(planner.get(f"{LIST}{route.uuid}/"))
    planner.post(f"{LIST}{route.uuid}/lay-lai/")
    assert names_in(planner) == ["Nguyễn Huệ"]


def test_the_api_gives_the_line_exactly_and_the_decision(client: Client, cast: Cast) -> None:
    route = approved(cast)
    client.force_login(cast.auditor)
    whole = client.get(f"/api/v1/routes/{route.uuid}").json()
    assert [tuple(place) for place in whole["geometry"]["coordinates"]] == list(
        route.geometry.coords
    )
    assert whole["decision"]["number"] == "1234/QĐ-UBND"
    assert whole["segments"][-1]["to_m"] == pytest.approx(whole["length_m"], abs=0.01)
    found = client.get("/api/v1/routes?q=nguyen").json()
    assert found["count"] == 1


def test_the_search_box_finds_routes_and_only_seen_ones(client: Client, cast: Cast) -> None:
    make_route(cast.planner, name="Hùng Vương")
    client.force_login(cast.planner)
    assert "Hùng Vương" in page_text(client.get("/tim/?q=hung+vuong"))
    client.force_login(cast.operator)
    assert "Hùng Vương" not in page_text(client.get("/tim/?q=hung+vuong"))


def post(client: Client, route: Route, told: dict[str, Any]) -> Any:
    """A save as the editor sends it."""
    return client.post(f"{LIST}{route.uuid}/luu/", json.dumps(told), "application/json")
