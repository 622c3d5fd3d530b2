"""What a tile holds, for whom, how it is kept, and how it is refused."""

import gzip

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point, Polygon
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infra.ground.choices import ConstraintKind, DossierState, Publicity
from infra.models import ConstraintDataset, ConstraintFeature
from tests.cast import Cast
from tests.factories import CAO_LANH, make_candidate, make_dossier, make_mast, make_station
from tests.map.conftest import Ask
from tests.map.tiling import tile_of

RAW, CLUSTERED = 15, 9
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zoom", [CLUSTERED, RAW])
def test_an_internal_mast_is_seen_by_the_department_and_its_owner_only(
    cast: Cast, ask: Ask, zoom: int
) -> None:
    make_mast(owner=cast.operator.organisation, grade="D")
    assert len(ask(cast.officer, "masts", zoom).properties("masts")) == 1
    assert len(ask(cast.operator, "masts", zoom).properties("masts")) == 1
    assert ask(cast.rival, "masts", zoom).properties("masts") == []
    assert ask(None, "masts", zoom).layers == {}


def test_an_operator_sees_the_masts_its_stations_stand_on(cast: Cast, ask: Ask) -> None:
    mast = make_mast(owner=cast.operator.organisation)
    assert cast.rival.organisation
    make_station(mast, cast.rival.organisation)
    assert ask(cast.rival, "masts", CLUSTERED).counted("masts") == 1


@pytest.mark.parametrize(("zoom", "name"), [(CLUSTERED, "worst"), (RAW, "grade")])
def test_a_grade_is_told_to_the_owner_and_not_to_the_public_or_a_rival(
    cast: Cast, ask: Ask, zoom: int, name: str
) -> None:
    make_mast(owner=cast.operator.organisation, grade="D", publicity=Publicity.PUBLIC)
    assert ask(cast.officer, "masts", zoom).properties("masts")[0][name] == "D"
    assert ask(cast.operator, "masts", zoom).properties("masts")[0][name] == "D"
    assert ask(cast.rival, "masts", zoom).properties("masts")[0][name] == ""
    (public,) = ask(None, "masts", zoom).properties("masts_public")
    assert public[name] == ""


def test_an_owners_public_mast_counts_once(cast: Cast, ask: Ask) -> None:
    make_mast(owner=cast.operator.organisation, grade="D", publicity=Publicity.PUBLIC)
    make_mast(owner=cast.operator.organisation, grade="A")
    (cluster,) = ask(cast.operator, "masts", 5).properties("masts")
    assert (cluster["n"], cluster["worst"], cluster["n_worst"]) == (2, "D", 1)


def test_a_rival_and_the_public_do_not_get_a_candidate_location(cast: Cast, ask: Ask) -> None:
    assert cast.operator.organisation
    dossier = make_dossier(
        applicant=cast.operator.organisation,
        created_by=cast.operator,
        state=DossierState.APPRAISING,
    )
    make_candidate(dossier, name="Vị trí A")
    (seen,) = ask(cast.operator, "candidates", RAW).properties("candidates")
    assert seen["name"] == "Vị trí A"
    assert ask(cast.rival, "candidates", RAW).properties("candidates") == []
    assert ask(cast.consulted, "candidates", RAW).properties("candidates") == []
    assert ask(None, "candidates", RAW).response.status_code == 404


def test_a_filter_narrows_clusters_and_single_masts(cast: Cast, ask: Ask) -> None:
    make_mast(grade="D")
    make_mast(grade="A")
    assert ask(cast.officer, "masts", CLUSTERED, "?grade=D").counted("masts") == 1
    assert [
        p["grade"] for p in ask(cast.officer, "masts", RAW, "?grade=D").properties("masts")
    ] == ["D"]


def test_an_operator_cannot_find_out_a_rivals_grade_by_filter(cast: Cast, ask: Ask) -> None:
    make_mast(owner=cast.operator.organisation, grade="D", publicity=Publicity.PUBLIC)
    assert ask(cast.rival, "masts", CLUSTERED, "?grade=D").counted("masts") == 0
    assert ask(None, "masts", CLUSTERED, "?grade=D").counted("masts_public") == 1


def test_a_filter_value_is_never_part_of_the_statement(cast: Cast, ask: Ask) -> None:
    make_mast(grade="D")
    hostile = "?grade=D') OR 1=1 --&owner=' UNION SELECT 1 --"
    assert ask(cast.officer, "masts", RAW, hostile).properties("masts") == []


def test_the_tag_differs_by_person_and_by_what_was_written(cast: Cast, ask: Ask) -> None:
    make_mast()
    tag = ask(cast.officer, "masts", CLUSTERED).response["ETag"]
    assert ask(cast.operator, "masts", CLUSTERED).response["ETag"] != tag
    assert ask(None, "masts", CLUSTERED).response["ETag"] != tag
    assert ask(cast.officer, "masts", CLUSTERED, "?grade=D").response["ETag"] != tag
    assert ask(cast.officer, "masts", CLUSTERED).response["ETag"] == tag
    make_mast()
    assert ask(cast.officer, "masts", CLUSTERED).response["ETag"] != tag


def test_an_unchanged_tile_is_not_sent_again(cast: Cast, ask: Ask) -> None:
    make_mast()
    first = ask(cast.officer, "masts", CLUSTERED).response
    again = ask(cast.officer, "masts", CLUSTERED, **{"If-None-Match": first["ETag"]}).response
    assert again.status_code == 304
    assert again.content == b""
    stranger = ask(cast.rival, "masts", CLUSTERED, **{"If-None-Match": first["ETag"]}).response
    assert stranger.status_code == 200


def test_a_persons_tile_is_private_and_the_base_map_is_kept_by_its_version(
    cast: Cast, ask: Ask
) -> None:
    assert ask(cast.officer, "masts", CLUSTERED).response["Cache-Control"] == "private, no-cache"
    assert ask(None, "masts", CLUSTERED).response["Cache-Control"] == "public, no-cache"
    assert "Cookie" in ask(None, "masts", CLUSTERED).response["Vary"]
    assert "immutable" in ask(None, "water,roads", CLUSTERED, "?v=1").response["Cache-Control"]


def test_a_tile_is_compressed_for_who_can_read_that(cast: Cast, ask: Ask) -> None:
    make_mast(code="NÉN-1")
    response = ask(cast.officer, "masts", RAW, **{"Accept-Encoding": "gzip"}).response
    assert response["Content-Encoding"] == "gzip"
    assert "masts" in mapbox_vector_tile.decode(gzip.decompress(response.content))


@pytest.mark.parametrize("place", ["9/999/1", "99/1/1", "a/b/c", "-1/0/0"])
def test_a_tile_that_is_none_is_refused_with_a_sentence(client: Client, place: str) -> None:
    response = client.get(f"/ban-do/o/masts/{place}.mvt")
    assert response.status_code == 400
    assert place.split("/", maxsplit=1)[0] in response.json()["sentences"][0]


def test_one_forbidden_layer_refuses_the_whole_tile(ask: Ask) -> None:
    assert ask(None, "roads,candidates", RAW).response.status_code == 404


def test_a_tile_is_cut_at_its_cap_and_says_so(cast: Cast, ask: Ask, db: None) -> None:
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.HOSPITAL, version=1, source="thử", source_date="2026-01-01"
    )
    lon, lat = CAO_LANH
    side = Polygon.from_bbox((lon, lat, lon + 0.0002, lat + 0.0002))
    rows = [
        ConstraintFeature(dataset=dataset, kind=dataset.kind, geometry=side) for _ in range(6001)
    ]
    ConstraintFeature.objects.bulk_create(rows)
    tile = ask(None, "hospitals", RAW)
    assert len(tile.properties("hospitals")) == 6000
    assert tile.response["X-Capped-Layers"] == "hospitals"


def test_only_the_current_version_of_a_constraint_layer_is_drawn(cast: Cast, ask: Ask) -> None:
    for version, is_current in ((1, False), (2, True)):
        dataset = ConstraintDataset.objects.create(
            kind=ConstraintKind.SCHOOL,
            version=version,
            is_current=is_current,
            source="thử",
            source_date="2026-01-01",
        )
        ConstraintFeature.objects.create(
            dataset=dataset,
            kind=dataset.kind,
            name=f"v{version}",
            geometry=Polygon.from_bbox((105.632, 10.46, 105.633, 10.461)),
        )
    assert [p["name"] for p in ask(None, "schools", RAW).properties("schools")] == ["v2"]


def test_a_single_mast_in_a_cell_stands_at_its_own_place(cast: Cast, ask: Ask) -> None:
    make_mast()
    zoom = 13
    (feature,) = ask(cast.officer, "masts", zoom).layers["masts"]["features"]
    x, _y = tile_of(zoom)
    column = (feature["geometry"]["coordinates"][0] / 4096 + x) / 2**zoom * 360 - 180
    assert column == pytest.approx(CAO_LANH[0], abs=360 / 2**zoom / 4096)


def test_a_mast_just_over_the_edge_is_drawn_on_both_tiles(cast: Cast, client: Client) -> None:
    edge = 105.6 - (105.6 + 180) % (360 / 2**RAW)
    make_mast(at=(edge + 1e-5, 10.46))
    client.force_login(cast.officer)
    x, y = tile_of(RAW, (edge + 1e-5, 10.46))
    for column in (x - 1, x):
        content = client.get(f"/ban-do/o/masts/{RAW}/{column}/{y}.mvt").content
        assert "masts" in mapbox_vector_tile.decode(content)


def test_a_tile_takes_few_questions(cast: Cast, client: Client) -> None:
    make_mast(point=Point(*CAO_LANH, srid=4326))
    client.force_login(cast.officer)
    x, y = tile_of(CLUSTERED)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/ban-do/o/masts/{CLUSTERED}/{x}/{y}.mvt")
    assert len(asked) <= 6, [query["sql"][:80] for query in asked]
