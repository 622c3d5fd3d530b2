"""A planner draws on the map; head, leader and clerk carry it; the ruling stands on the map."""

import re
from uuid import UUID

import pytest
from django.contrib.gis.geos import LineString
from django.utils import timezone
from playwright.sync_api import Page, expect

from infra.files import store
from infra.ground.choices import ConstraintKind, DocumentType
from infra.models import ConstraintDataset, ConstraintFeature, User
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.undergrounding.drawing_samples import make_commune, make_route
from tests.undergrounding.route_steps import PAPER, submission_of
from tests.workflow.casework import let_sign
from undergrounding.choices import RouteState
from undergrounding.models import Route

NGUYEN_HUE = ((105.630, 10.460), (105.634, 10.4601), (105.640, 10.460))
LE_LOI = ((105.635, 10.4560), (105.635, 10.4640))
START, CORNER, END = (105.632, 10.46005), (105.635, 10.4625), (105.635, 10.4635)
ON_SCREEN = """([lon, lat]) => {
  const map = document.getElementById('map').ttMap.leaflet;
  const box = map.getContainer().getBoundingClientRect();
  const at = map.latLngToContainerPoint([lat, lon]);
  return [box.left + at.x, box.top + at.y];
}"""
LOOK_AT = """([lon, lat, zoom]) =>
  document.getElementById('map').ttMap.leaflet.setView([lat, lon], zoom, {animate: false})"""


@pytest.fixture
def streets(transactional_db: None) -> None:
    """Two crossing streets without a common vertex, inside one ward."""
    make_commune()
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.ROAD, version=1, source="Trial", source_date="2026-01-01"
    )
    for name, places in (("Nguyễn Huệ", NGUYEN_HUE), ("Lê Lợi", LE_LOI)):
        ConstraintFeature.objects.create(
            dataset=dataset,
            kind=ConstraintKind.ROAD,
            name=name,
            properties={"class": "residential"},
            geometry=LineString(places, srid=4326),
        )


def test_a_route_goes_from_the_first_click_to_the_recorded_ruling(
    both: Page, sign_in: SignIn, cast: Cast, streets: None
) -> None:
    let_sign(cast.leader, DocumentType.SUBMISSION)
    _sign_in(both, sign_in, cast.planner, "/ngam-hoa/moi/")
    route = _draw(both)
    _take(both, route, "submit")

    _sign_in(both, sign_in, cast.head, f"/ngam-hoa/{route.uuid}/")
    _take(both, route, "submit_to_leader")
    _sign_in(both, sign_in, cast.leader, f"/ngam-hoa/{route.uuid}/")
    _take(both, route, "submit_to_committee")
    _sign_in(both, sign_in, cast.clerk, f"/ngam-hoa/{route.uuid}/")
    _issue(both, route)
    _record(both, route)

    expect(both.locator(".decision-card")).to_contain_text("1234/QĐ-UBND")
    card = both.request.get(f"/ban-do/doi-tuong/routes/{route.uuid}/").json()
    assert any("1234/QĐ-UBND" in value for _name, value in card["facts"])
    assert route.decision.geometry.coords == route.geometry.coords


def test_a_drawn_route_reopens_vertex_for_vertex(
    page: Page, sign_in: SignIn, cast: Cast, streets: None
) -> None:
    route = make_route(cast.planner)
    _sign_in(page, sign_in, cast.planner, f"/ngam-hoa/{route.uuid}/ve/")
    _ready(page)
    page.fill("[data-route=name]", "Tên mới")
    _saved(page)
    again = Route.objects.get(pk=route.pk)
    assert again.name == "Tên mới"
    assert again.geometry.coords == route.geometry.coords
    page.reload()
    _ready(page)
    shown = page.evaluate("JSON.parse(document.getElementById('route-data').textContent)")
    assert tuple(map(tuple, shown["route"]["vertices"])) == route.geometry.coords


def test_undo_goes_back_to_the_empty_sheet_and_redo_returns_every_vertex(
    page: Page, sign_in: SignIn, cast: Cast, streets: None
) -> None:
    _sign_in(page, sign_in, cast.planner, "/ngam-hoa/moi/")
    _ready(page)
    page.evaluate(LOOK_AT, [*START, 17])
    page.wait_for_timeout(600)
    for place in (START, CORNER, END):
        _click(page, place)
    before = page.locator("[data-sum-length]").inner_text()
    for _step in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator(".re-segment")).to_have_count(0)
    for _step in range(3):
        page.keyboard.press("Control+y")
    expect(page.locator("[data-sum-length]")).to_have_text(before)


def test_a_drawing_kept_without_network_is_offered_after_a_reload(
    page: Page, sign_in: SignIn, cast: Cast, streets: None
) -> None:
    route = make_route(cast.planner)
    _sign_in(page, sign_in, cast.planner, f"/ngam-hoa/{route.uuid}/ve/")
    _ready(page)
    page.route("**/luu/", lambda call: call.abort())
    page.click("[data-act=reverse]")
    expect(page.locator("[data-part=saved]")).to_have_attribute("data-state", "offline")
    page.unroute("**/luu/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    _ready(page)
    with page.expect_response("**/luu/"):
        page.click("dialog[data-dialog=copy] button[value=take]")
    _saved(page)
    route.refresh_from_db()
    assert route.geometry.coords[0] == (105.638, 10.461)


def test_a_stale_drawing_is_kept_and_the_person_chooses(
    page: Page, sign_in: SignIn, cast: Cast, streets: None
) -> None:
    route = make_route(cast.planner)
    _sign_in(page, sign_in, cast.planner, f"/ngam-hoa/{route.uuid}/ve/")
    _ready(page)
    Route.objects.filter(pk=route.pk).update(version=2, name="Của người khác")
    page.click("[data-act=reverse]")
    conflict = page.locator("dialog[data-dialog=conflict]")
    expect(conflict).to_be_visible()
    with page.expect_response("**/luu/"):
        conflict.locator("button[value=mine]").click()
    _saved(page)
    route.refresh_from_db()
    assert route.geometry.coords[0] == (105.638, 10.461)
    assert route.version == 3


def _sign_in(page: Page, sign_in: SignIn, person: User, address: str) -> None:
    page.context.clear_cookies()
    sign_in(page, person)
    page.goto(address)


def _ready(page: Page) -> None:
    page.wait_for_selector("[data-ready=true]")


def _saved(page: Page) -> None:
    expect(page.locator("[data-part=saved]")).to_have_attribute("data-state", "saved")


def _click(page: Page, place: tuple[float, float]) -> None:
    x, y = page.evaluate(ON_SCREEN, list(place))
    if page.viewport_size and page.viewport_size["width"] < 500:
        page.touchscreen.tap(x, y)
    else:
        page.mouse.move(x, y)
        page.mouse.click(x, y)


def _draw(page: Page) -> Route:
    """Two clicks follow the streets round the corner, a third goes on; two segments described."""
    _ready(page)
    with page.expect_response(re.compile("/geojson/roads/")):
        page.evaluate(LOOK_AT, [105.6337, 10.4617, 16])
    page.wait_for_timeout(400)
    for place in (START, CORNER, END):
        _click(page, place)
        page.wait_for_timeout(350)
    is_phone = page.locator("[data-act=finish]").is_visible()
    if is_phone:
        page.locator("[data-act=finish]").tap()
    else:
        page.keyboard.press("Enter")
    page.click("[data-act=split]")
    _click(page, (105.635, 10.4613))
    expect(page.locator("[data-sum-segments]")).to_have_text("2")
    page.click("[data-act=select]")
    if is_phone:
        page.locator("[data-act=panel]").tap()
    for index, method in enumerate(("open_trench_pavement", "hdd")):
        head = page.locator("[data-head]").nth(index)
        if head.get_attribute("aria-expanded") != "true":
            head.click()
        page.select_option(f"#segment-{index}-method", method)
        page.select_option(f"#segment-{index}-surface", "pavement")
        page.fill(f"#segment-{index}-cover_depth_m", "0,6")
    if is_phone:
        page.locator("[data-act=panel]").tap()
    _saved(page)
    page.click("[data-act=done]")
    page.wait_for_url(re.compile(r"/ngam-hoa/[0-9a-f-]{36}/$"))
    route = Route.objects.get(uuid=UUID(page.url.rstrip("/").rsplit("/", 1)[1]))
    assert route.name == "Nguyễn Huệ"
    assert (105.634, 10.4601) in route.geometry.coords
    assert [s.method for s in route.segments.all()] == ["open_trench_pavement", "hdd"]
    return route


def _take(page: Page, route: Route, step: str) -> None:
    """One step of the workflow by its button; it asks first."""
    form = page.locator(f"form[action$='/route/{route.uuid}/{step}/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def _issue(page: Page, route: Route) -> None:
    document = submission_of(route)
    assert document.draft_file
    signed = store.read_bytes(document.draft_file.sha256)
    form = page.locator(f"form[action$='/document/{document.uuid}/issue/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=number]").fill("37")
    form.locator("[name=signed_file]").set_input_files(
        {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def _record(page: Page, route: Route) -> None:
    form = page.locator(f"form[action$='/route/{route.uuid}/record_approval/']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("[name=number]").fill("1234/QĐ-UBND")
    form.locator("[name=decided_on]").fill(timezone.localdate().isoformat())
    form.locator("[name=file]").set_input_files(
        {"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    route.refresh_from_db()
    assert route.state == RouteState.APPROVED
