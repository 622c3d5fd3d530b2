"""How the map looks: the province at every size, round circles, words beside signs, soft layers."""

import re
from typing import Any

import pytest
from django.contrib.gis.geos import LineString
from playwright.sync_api import Page, expect

from infra.ground.choices import ConstraintKind
from infra.ground.province import HOME_BOX
from infra.models import ConstraintDataset, ConstraintFeature
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_map import READY, opened
from tests.cast import Cast
from tests.factories import CAO_LANH, make_mast

COVERS = ".tt-map-top > *, .tt-map-tools, .tt-map-side, .tt-map-bar, .tt-sea-inset"
MAP = "document.querySelector('.tt-map').ttMap"
# The province's box on the page, and what lies over the map, in pixels of the window.
MEASURE = """([[west, south, east, north], covers]) => {
  const map = MAP.leaflet;
  const frame = map.getContainer().getBoundingClientRect();
  const upper = map.latLngToContainerPoint([north, west]);
  const lower = map.latLngToContainerPoint([south, east]);
  const at = (box) => [box.left - frame.left, box.top - frame.top,
    box.right - frame.left, box.bottom - frame.top];
  return {
    size: [frame.width, frame.height],
    box: [upper.x, upper.y, lower.x, lower.y],
    covers: [...document.querySelectorAll(covers)].map((one) => one.getBoundingClientRect())
      .filter((box) => box.width && box.height).map(at),
  };
}""".replace("MAP", MAP)
# The sum of red, green, blue of the base map at a place.
COLOUR = """([lat, lon]) => {
  const view = MAP;
  const place = view.leaflet.latLngToContainerPoint([lat, lon]);
  const frame = view.leaflet.getContainer().getBoundingClientRect();
  for (const canvas of view.base.squares.keys()) {
    const box = canvas.getBoundingClientRect();
    const x = frame.left + place.x - box.left;
    const y = frame.top + place.y - box.top;
    if (x < 0 || y < 0 || x >= box.width || y >= box.height) continue;
    const scale = canvas.width / box.width;
    const [r, g, b] = canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data;
    return [r, g, b];
  }
  return null;
}""".replace("MAP", MAP)


def meet(a: list[float], b: list[float]) -> bool:
    """Whether two boxes (left, top, right, bottom) lie over each other."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1440, 900), (3840, 2160)])
def test_the_map_opens_on_the_whole_province_beside_its_tools(
    open_page: OpenPage, cast: Cast, sign_in: SignIn, size: tuple[int, int]
) -> None:
    page = open_page("phone" if size[0] < 768 else "desktop")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    # 4K is many tiles for a machine that draws in software.
    page.set_default_timeout(40_000)
    sign_in(page, cast.officer)
    opened(page, "/ban-do/")
    found = page.evaluate(MEASURE, [list(HOME_BOX), COVERS])
    left, top, right, bottom = found["box"]
    width, height = found["size"]
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert not [cover for cover in found["covers"] if meet(found["box"], cover)]
    # The tools take a column; of the rest it fills most, one way or the other.
    assert (right - left) / (width - 84) > 0.7 or (bottom - top) / height > 0.6


def test_the_address_wins_over_the_whole_province(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.officer)
    opened(page, "/ban-do/?v=9.25,10.4,105.9&lop=masts")
    assert page.evaluate(f"{MAP}.leaflet.getZoom()") == 9.25


def test_a_fall_circle_is_round_and_of_its_metres(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.officer)
    opened(page)
    lon, lat = CAO_LANH
    fall = {"type": "Point", "coordinates": [lon, lat], "radius_m": 45}
    page.evaluate(f"(fall) => {MAP}.showEvidence(fall, {{ fit: false }})", fall)
    drawn = page.locator(".tt-map-canvas svg path").evaluate_all(
        "(paths) => paths.map((path) => path.getBBox())"
        ".map((b) => [b.width, b.height]).reduce((a, b) => (b[0] > a[0] ? b : a))"
    )
    assert drawn[0] == pytest.approx(drawn[1], rel=0.02)
    metres = page.evaluate(
        f"""([lat, lon]) => {{
          const map = {MAP}.leaflet, at = map.latLngToContainerPoint([lat, lon]);
          return map.distance(map.containerPointToLatLng(at),
            map.containerPointToLatLng(at.add([100, 0]))) / 100;
        }}""",
        [lat, lon],
    )
    assert drawn[0] / 2 * metres == pytest.approx(45, rel=0.03)


def test_words_stand_beside_signs_and_beside_each_other(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    lon, lat = CAO_LANH
    for i in range(24):
        at = (lon + (i % 6 - 2.5) * 0.0006, lat + (i // 6 - 1.5) * 0.0002)
        make_mast(code=f"CỘT-{i:04}", grade="ABCD"[i % 4], at=at)
    sign_in(both, cast.officer)
    opened(both)
    words, signs = both.evaluate(
        f"""() => {{
          {MAP}.marks.draw();
          const {{ words, signs }} = {MAP}.marks;
          const flat = (box) => [box.minX, box.minY, box.maxX, box.maxY];
          return [words.map(({{ way }}) => way.boxes.map(flat)),
            signs.map(({{ x, y, radius: r }}) => [x - r, y - r, x + r, y + r])];
        }}"""
    )
    assert len(signs) == 24
    assert len(words) >= 8
    for i, boxes in enumerate(words):
        others = [box for other in words[i + 1 :] for box in other]
        assert not [one for one in boxes for other in signs + others if meet(one, other)]


def power_line() -> None:
    """A line of 110 kV through Cao Lãnh's mast, from west to east."""
    lon, lat = CAO_LANH
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.POWER_LINE, version=1, source="thử", source_date="2026-01-01"
    )
    ConstraintFeature.objects.create(
        dataset=dataset,
        kind=dataset.kind,
        name="Đường dây 110 kV",
        properties={"voltage_kv": 110},
        geometry=LineString((lon - 0.004, lat), (lon + 0.004, lat)),
    )


def colour_at(page: Page, lat: float, lon: float) -> tuple[int, int, int]:
    """What the base map shows at a place."""
    found: Any = page.evaluate(COLOUR, [lat, lon])
    assert found
    return tuple(found)


def test_a_constraint_that_is_off_shows_through_until_told_not_to(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    power_line()
    sign_in(page, cast.officer)
    lon, lat = CAO_LANH
    opened(page, "/ban-do/?v=17,10.4602,105.6321&lop=masts")
    faint, land = colour_at(page, lat, lon + 0.001), colour_at(page, lat + 0.001, lon + 0.001)
    assert faint != land
    page.get_by_role("button", name="Lớp dữ liệu và chú giải").click()
    page.get_by_role("checkbox", name="Đường dây điện").check()
    page.locator(READY).wait_for()
    strong = colour_at(page, lat, lon + 0.001)
    assert sum(strong) < sum(faint)
    page.get_by_role("checkbox", name="Đường dây điện").uncheck()
    page.locator(".tt-layer-faint input").uncheck()
    expect(page).to_have_url(re.compile(r"mo=0"))
    page.reload()
    page.locator(READY).wait_for()
    assert colour_at(page, lat, lon + 0.001) == land


def test_a_finding_brings_out_the_layer_that_it_points_to(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    power_line()
    sign_in(page, cast.officer)
    lon, lat = CAO_LANH
    opened(page, "/ban-do/?v=17,10.4602,105.6321&lop=masts")
    faint = colour_at(page, lat, lon + 0.001)
    where = {"type": "Point", "coordinates": [lon, lat]}
    found = {"type": "Feature", "geometry": where, "properties": {"layer": "power_lines"}}
    page.evaluate(f"(found) => {MAP}.showEvidence(found, {{ fit: false }})", found)
    page.locator(READY).wait_for()
    assert sum(colour_at(page, lat, lon + 0.001)) < sum(faint)
    page.evaluate(f"() => {MAP}.showEvidence(null)")
    page.locator(READY).wait_for()
    assert colour_at(page, lat, lon + 0.001) == faint
