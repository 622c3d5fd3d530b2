"""The short way to a tile: the same answer as the long way, for one question, and never an old one.

`Client` is the browser; a second request for the same map goes the short way.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from infra.ground.choices import ConstraintKind, DossierState, Publicity, Role
from infra.map import express, tiles
from infra.map.kept import Kept
from infra.map.registry import all_layers
from infra.models import ConstraintDataset, ConstraintFeature, User
from sites.models import Mast
from tests.cast import Cast
from tests.factories import (
    CAO_LANH,
    make_candidate,
    make_dossier,
    make_mast,
    make_route,
    make_station,
    make_user,
)
from tests.map.tiling import tile_of

pytestmark = pytest.mark.django_db
NEAR, FAR = 15, 9


def address(layers: str = "masts", zoom: int = NEAR, query: str = "") -> str:
    x, y = tile_of(zoom)
    return reverse("map:tile", args=[layers, zoom, x, y]) + query


def browser_of(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def asked(client: Client, url: str, **headers: str) -> tuple[Any, int]:
    """The answer and how many statements it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, headers=headers)
    return response, len(queries)


def codes(client: Client, url: str | None = None) -> set[str]:
    """The masts that a tile holds, by the marks of their codes."""
    content = client.get(url or address()).content
    return {mast.code for mast in Mast.objects.all() if mast.code.encode() in content}


def test_the_short_way_knows_the_address_of_a_tile() -> None:
    assert express.ADDRESS.fullmatch(address("masts,unit_names"))


def test_a_tile_that_is_kept_takes_one_question(cast: Cast) -> None:
    make_mast(code="GIỮ-1")
    officer = browser_of(cast.officer)
    first, _ = asked(officer, address())
    again, questions = asked(officer, address())
    assert questions == 1
    assert again.content == first.content
    told = {**first.headers}
    assert {**again.headers} == {**told, "X-Request-ID": again.headers["X-Request-ID"]}


def test_another_tile_takes_two_and_one_that_the_browser_has_takes_one(cast: Cast) -> None:
    make_mast()
    officer = browser_of(cast.officer)
    officer.get(address())
    other, questions = asked(officer, address(zoom=FAR))
    assert (other.status_code, questions) == (200, 2)
    same, questions = asked(officer, address(zoom=FAR), **{"If-None-Match": other["ETag"]})
    assert (same.status_code, same.content, questions) == (304, b"", 1)


def test_the_public_goes_the_short_way_too(client: Client) -> None:
    make_mast(code="CK-1", publicity=Publicity.PUBLIC)
    client.get(address())
    again, questions = asked(client, address())
    assert questions == 1
    assert again["Cache-Control"] == "public, no-cache"
    assert b"CK-1" in again.content


def everything(cast: Cast) -> None:
    """Something in each layer, some of it to be seen by some only."""
    own, other = cast.operator.organisation, cast.rival.organisation
    assert own
    assert other
    make_station(make_mast(owner=own, grade="D"), other)
    make_mast(owner=own, publicity=Publicity.PUBLIC, grade="B")
    make_candidate(make_dossier(own, cast.operator))
    make_route(cast.planner)
    for kind in ConstraintKind:
        dataset = ConstraintDataset.objects.create(
            kind=kind, version=1, source="thử", source_date="2026-01-01", is_current=True
        )
        around = Mast.objects.all()[0].point.buffer(0.001)
        ConstraintFeature.objects.create(dataset=dataset, kind=kind, name="X", geometry=around)


def told(response: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
    return response.status_code, response.content, headers


def test_everybody_is_answered_the_same_by_both_ways_in_every_layer(cast: Cast) -> None:
    everything(cast)
    people: list[User | None] = [None, *(user for _name, user in cast.people())]
    short = 0
    for person in people:
        browser = browser_of(person)
        specs = [spec for spec in all_layers() if spec.may_see(person or AnonymousUser())]
        browser.get(address(specs[0].name))
        for spec in specs:
            for zoom in (FAR, NEAR):
                url = address(spec.name, zoom)
                quick, questions = asked(browser, url)
                short += questions <= 2
                tiles.forget_tiles()
                express.forget_passes()
                long = browser.get(url)
                assert told(long) == told(quick), (person, spec.key)
                assert told(browser.get(url)) == told(quick)
    assert short > len(people) * len(all_layers())


def test_two_people_share_a_kept_tile_only_within_one_scope(cast: Cast) -> None:
    make_mast(code="CHUNG-1", owner=cast.operator.organisation)
    colleague = make_user(Role.OPERATOR, at=cast.operator.organisation)
    tag = browser_of(cast.operator).get(address())["ETag"]
    assert browser_of(colleague).get(address())["ETag"] == tag
    assert (
        browser_of(cast.officer).get(address())["ETag"]
        == browser_of(cast.head).get(address())["ETag"]
    )
    others = (cast.rival, cast.officer, cast.consulted, None)
    assert tag not in {browser_of(other).get(address())["ETag"] for other in others}
    assert b"CHUNG-1" in browser_of(colleague).get(address()).content
    assert b"CHUNG-1" not in browser_of(cast.rival).get(address()).content


def test_a_draft_request_is_its_authors_and_not_a_colleagues_at_the_department(cast: Cast) -> None:
    """The scope is the same, what they see is not: the author's own drafts."""
    own = cast.operator.organisation
    assert own
    make_candidate(make_dossier(own, cast.officer, state=DossierState.DRAFT), name="NHAP-1")
    author, colleague = browser_of(cast.officer), browser_of(cast.head)
    url = address("candidates")
    for _ in range(2):
        assert b"NHAP-1" in author.get(url).content
        assert b"NHAP-1" not in colleague.get(url).content


def sign_out(client: Client, person: User) -> None:
    Session.objects.filter(session_key=client.session.session_key).delete()


def expire(client: Client, person: User) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=past)


def deactivate(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def new_password(client: Client, person: User) -> None:
    person.set_password("mot cau khac han")
    person.save()


def take_the_role(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(roles=[Role.CONSULTED])


@pytest.mark.parametrize("what", [sign_out, expire, deactivate, new_password, take_the_role])
def test_who_may_no_longer_see_a_tile_does_not_get_it(
    cast: Cast, what: Callable[[Client, User], None]
) -> None:
    make_mast(code="KÍN-1", owner=cast.operator.organisation)
    browser = browser_of(cast.operator)
    for _ in range(3):
        tile = browser.get(address())
    assert "KÍN-1".encode() in tile.content
    what(browser, cast.operator)
    for _ in range(3):
        after = browser.get(address(), headers={"If-None-Match": tile["ETag"]})
        assert after.status_code == 200
        assert "KÍN-1".encode() not in after.content


def test_who_comes_to_another_company_sees_its_masts_and_the_old_ones_no_more(cast: Cast) -> None:
    make_mast(code="CỦA-A", owner=cast.operator.organisation)
    make_mast(code="CỦA-B", owner=cast.rival.organisation)
    browser = browser_of(cast.operator)
    assert codes(browser) == codes(browser) == {"CỦA-A"}
    User.objects.filter(pk=cast.operator.pk).update(organisation=cast.rival.organisation)
    assert codes(browser) == codes(browser) == {"CỦA-B"}


def test_a_change_of_visibility_comes_at_once(cast: Cast) -> None:
    mast = make_mast(code="MỞ-1")
    public, rival = browser_of(None), browser_of(cast.rival)
    for browser in (public, rival):
        assert codes(browser) == codes(browser) == set()
    Mast.objects.filter(pk=mast.pk).update(publicity=Publicity.PUBLIC)
    for browser in (public, rival):
        assert codes(browser) == codes(browser) == {"MỞ-1"}
    Mast.objects.filter(pk=mast.pk).update(publicity=Publicity.INTERNAL)
    for browser in (public, rival):
        assert codes(browser) == codes(browser) == set()


def test_the_owners_code_is_part_of_a_filtered_tile(cast: Cast) -> None:
    owner = cast.operator.organisation
    assert owner
    make_mast(code="LỌC-1", owner=owner)
    officer = browser_of(cast.officer)
    url = address(query="?owner=moi")
    assert codes(officer, url) == codes(officer, url) == set()
    owner.code = "moi"
    owner.save()
    assert codes(officer, url) == {"LỌC-1"}


def test_a_new_day_draws_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Units come into force and certificates run out by the day, without a write."""
    officer = browser_of(cast.officer)
    tag = officer.get(address("units"))["ETag"]
    assert officer.get(address("units"))["ETag"] == tag
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: date(2031, 1, 1))
    assert officer.get(address("units"))["ETag"] != tag


def test_the_day_of_the_database_counts_too(cast: Cast, settings: Settings) -> None:
    """A certificate runs out by the database's clock, which need not be ours."""
    officer = browser_of(cast.officer)
    tags = set()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # more than a day apart
        settings.TIME_ZONE = zone
        with timezone.override("UTC"):
            tags.add(officer.get(address("stations"))["ETag"])
    assert len(tags) == 2


def test_without_the_second_factor_there_is_no_short_way(
    second_factor_enforced: None, cast: Cast
) -> None:
    browser = browser_of(cast.leader)
    assert {browser.get(address()).status_code for _ in range(3)} == {302}
    assert not len(express._PASSES)


@pytest.mark.parametrize("query", ["?class=%00", "?state=x", "?dossier=no-uuid"])
def test_what_is_not_plain_is_answered_as_before(cast: Cast, query: str) -> None:
    officer = browser_of(cast.officer)
    url = address("candidates", query=query)
    express.forget_passes()
    long = officer.get(url)
    officer.get(address("candidates"))
    assert officer.get(url).status_code == long.status_code


def test_a_cookie_that_no_session_has_goes_the_long_way(client: Client) -> None:
    make_mast(code="CK-1", publicity=Publicity.PUBLIC)
    for value in ("x" * 32, "' OR 1=1 --", "a" * 500):
        client.cookies["sessionid"] = value
        for _ in range(3):
            response = client.get(address())
            assert response.status_code == 200
            assert b"CK-1" in response.content
    assert not len(express._PASSES)


def test_an_unknown_host_and_a_foreign_layer_are_refused(cast: Cast) -> None:
    rival = browser_of(cast.consulted)
    rival.get(address())
    assert rival.get(address("stations")).status_code == 404
    assert rival.get("/ban-do/o/masts/3/9/9.mvt").status_code == 400
    assert rival.get(address(), headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_what_another_process_committed_is_in_the_next_tile(cast: Cast) -> None:
    mast = make_mast(code="XA-1")
    officer = browser_of(cast.officer)
    assert codes(officer) == codes(officer) == {"XA-1"}
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE sites_mast SET code = 'XA-2' WHERE id = %s", [mast.pk])
        assert b"XA-1" in officer.get(address()).content
        other.commit()
        content = officer.get(address()).content
        assert b"XA-2" in content
        assert b"XA-1" not in content
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_write_while_a_tile_is_drawn_makes_the_next_one_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counters are read before the rows: what slips in between is drawn again, never lost."""
    mast = make_mast(code="ĐUA-1")
    officer = browser_of(cast.officer)
    officer.get(address(zoom=FAR))
    draw = tiles.Picture._draw

    def overtaken(picture: tiles.Picture) -> tiles.Drawn:
        drawn = draw(picture)
        Mast.objects.filter(pk=mast.pk).update(code="ĐUA-2")
        return drawn

    monkeypatch.setattr(tiles.Picture, "_draw", overtaken)
    assert "ĐUA-1".encode() in officer.get(address()).content
    monkeypatch.setattr(tiles.Picture, "_draw", draw)
    assert "ĐUA-2".encode() in officer.get(address()).content


def test_what_is_kept_is_bounded_by_its_weight() -> None:
    kept: Kept[str, bytes] = Kept(10, weight=len)
    for name in "abc":
        kept.put(name, b"1234")
    assert (kept.get("a"), kept.get("b"), kept.weight) == (None, b"1234", 8)
    kept.put("d", b"1234")
    assert kept.get("c") is None
    kept.put("b", b"12")
    assert kept.weight == 6
    kept.put("e", b"x" * 11)
    assert kept.get("e") is None
    kept.clear()
    assert (len(kept), kept.weight) == (0, 0)


def test_a_mast_stands_where_its_projection_says(cast: Cast) -> None:
    """Plain arithmetic against PostGIS's own projection, in whole 4096ths of a tile."""
    make_mast(at=CAO_LANH)
    for zoom in (14, 17, 22):
        x, y = tile_of(zoom)
        ours = browser_of(cast.officer).get(address(zoom=zoom)).content
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT ST_AsMVT(t, 'masts', 4096, 'g') FROM (SELECT ST_AsMVTGeom(ST_Transform("
                "point, 3857), ST_TileEnvelope(%s, %s, %s), 4096, 256, true) AS g, code,"
                " grade, mast_class AS class, operating_status AS status FROM sites_mast) t",
                [zoom, x, y],
            )
            assert bytes(cursor.fetchone()[0]) == ours
