"""One statement asks all constraint layers, and answers what a search of each alone would say."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.gis.geos import LineString, Point
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.ground.choices import ConstraintKind, Role
from infra.models import ConstraintDataset, ConstraintFeature, RegulationLimit
from infra.places.geo.measure import circle, destination, within_m
from infra.places.territory.selectors import limits_of, limits_on
from sites.appraisal.selectors.around import MOST_HITS, Search, answers, layers_in_force
from sites.appraisal.services.screening import run_screening
from tests.access.budgets import ONE_SCREENING, PREVIEW
from tests.sites import appraisal_cast as cast

pytestmark = pytest.mark.django_db

HOUSE, SCHOOL, LINE, URBAN = (
    ConstraintKind.HOUSE,
    ConstraintKind.SCHOOL,
    ConstraintKind.POWER_LINE,
    ConstraintKind.URBAN_AREA,
)
SPOTS = st.tuples(st.floats(0, 360), st.floats(0, 400))


def features_near(kind: str, point: Point, metres: float) -> list[tuple[str, float]]:
    """Key and distance, nearest first, by the plain search of one layer."""
    layer = ConstraintFeature.objects.filter(dataset__kind=kind, dataset__is_current=True)
    near: Any = within_m(layer, "geometry", point, metres)
    return [(str(row.pk), row.distance_m) for row in near]


def stood(azimuth: float, metres: float) -> Point:
    return destination(cast.HERE, azimuth, metres)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    houses=st.lists(SPOTS, max_size=30),
    schools=st.lists(SPOTS, max_size=4),
    lines=st.lists(st.floats(1, 300), max_size=4),
    asked_at=SPOTS,
    radius_m=st.floats(1, 250),
    exposed_m=st.floats(1, 250),
)
def test_all_at_once_is_what_each_search_alone_says(
    houses: list[tuple[float, float]],
    schools: list[tuple[float, float]],
    lines: list[float],
    asked_at: tuple[float, float],
    radius_m: float,
    exposed_m: float,
) -> None:
    with transaction.atomic():  # each example begins without layers
        cast.layer(HOUSE, *(circle(stood(*spot), 6) for spot in houses))
        cast.layer(SCHOOL, *(stood(*spot) for spot in schools))
        cast.layer(LINE, *(cast.line_past(metres) for metres in lines))
        point = stood(*asked_at)
        found = answers(
            point,
            layers_in_force(),
            {
                "fall": Search((HOUSE,), radius_m),
                "lines": Search((LINE,), 200.0),
                "public": Search((HOUSE, SCHOOL), exposed_m),
                "inside": Search((HOUSE,)),
            },
        )
        expected = {
            "fall": features_near(HOUSE, point, radius_m),
            "lines": features_near(LINE, point, 200.0),
            "public": sorted(
                features_near(HOUSE, point, exposed_m) + features_near(SCHOOL, point, exposed_m),
                key=lambda pair: (pair[1], int(pair[0])),
            ),
        }
        for name, near in expected.items():
            assert [(hit.key, hit.distance_m) for hit in found[name].hits] == near[:MOST_HITS]
            assert found[name].count == len(near)
        covering = ConstraintFeature.objects.filter(kind=HOUSE, geometry__covers=point).count()
        assert found["inside"].count == covering
        transaction.set_rollback(True)


def test_a_layer_that_is_not_loaded_gives_no_answer_and_an_empty_one_gives_none_near() -> None:
    cast.layer(SCHOOL)
    layers = layers_in_force()
    searches = {"houses": Search((HOUSE,), 50.0), "schools": Search((SCHOOL,), 50.0)}
    found = answers(cast.HERE, layers, searches)
    assert found.keys() == {"schools"}
    assert (found["schools"].count, found["schools"].hits) == (0, ())


def test_an_older_version_of_a_layer_is_not_asked() -> None:
    cast.layer(HOUSE, cast.away(10), name="cũ")
    ConstraintDataset.objects.update(is_current=False)
    ConstraintDataset.objects.create(
        kind=HOUSE, version=2, source="test", source_date=date(2026, 2, 1)
    )
    found = answers(cast.HERE, layers_in_force(), {"houses": Search((HOUSE,), 50.0)})
    assert found["houses"].count == 0


def test_many_limits_in_one_query_are_each_the_one_that_stood() -> None:
    cast.load_limits()
    codes = set(RegulationLimit.objects.values_list("code", flat=True))
    for on in (date(2016, 1, 1), date(2024, 6, 3), date(2026, 11, 24)):
        with CaptureQueriesContext(connection) as queries:
            found = limits_of(codes, on)
        assert len(queries) == 1
        assert found == {code: row for code in codes if (row := limits_on(code, on))}


def test_limits_are_found_by_their_beginning_too() -> None:
    for code in ("power-corridor-22kv", "power-corridor-110kv", "something-else"):
        RegulationLimit.objects.create(
            code=code,
            value=3,
            unit="m",
            label=code,
            instrument="Bảng thử",
            confidence="unverified",
            valid_from=date(2025, 1, 1),
        )
    found = limits_of([], date(2026, 1, 1), prefix="power-corridor-")
    assert found.keys() == {"power-corridor-22kv", "power-corridor-110kv"}


def everything_around() -> None:
    cast.load_limits()
    cast.unit()
    for kind in ConstraintKind.values:
        cast.layer(kind, circle(cast.HERE, 30), cast.away(25), cast.line_past(20))
    for number in range(5):
        cast.mast(f"VNPT-{number}", cast.away(100 + number), cast.organisation("vnpt"))


def test_one_screening_keeps_to_its_queries() -> None:
    everything_around()
    operator = cast.person(Role.OPERATOR, cast.organisation("viettel"))
    site = cast.candidate(cast.dossier(operator), eirp_w=4000)
    officer = cast.person(Role.OFFICER)
    with CaptureQueriesContext(connection) as queries:
        run_screening(candidate=site, actor=officer)
    assert len(queries) <= ONE_SCREENING, [query["sql"][:90] for query in queries]


def test_the_findings_while_the_pin_moves_keep_to_their_queries() -> None:
    everything_around()
    operator = cast.person(Role.OPERATOR, cast.organisation("viettel"))
    dossier = cast.dossier(operator)
    client = Client()
    client.force_login(operator)
    form = {
        "point_0": f"{cast.HERE.y}, {cast.HERE.x}",
        "name": "DTP-1",
        "mast_class": "A2b",
        "structure": "guyed",
        "footing": "ground",
        "height_m": "42",
        "eirp_w": "4000",
    }
    with CaptureQueriesContext(connection) as queries:
        page = client.post(reverse("sites:candidate_preview", args=[dossier.uuid]), form)
    assert "VNPT-0" in page.content.decode() or page.context["rows"]
    assert len(page.context["rows"]) > 10
    assert len(queries) <= PREVIEW, [query["sql"][:90] for query in queries]


def test_a_screening_asks_the_indexes() -> None:
    cast.load_limits()
    spread = [destination(cast.HERE, number * 7, 200 + number * 9) for number in range(3000)]
    cast.layer(HOUSE, *spread)
    cast.layer(URBAN, *(circle(point, 40) for point in spread[:1500]))
    cast.layer(LINE, *(LineString(a.coords, b.coords) for a, b in pairwise(spread)))
    operator = cast.person(Role.OPERATOR, cast.organisation("viettel"))
    site = cast.candidate(cast.dossier(operator), eirp_w=4000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE infra_constraintfeature")
    with CaptureQueriesContext(connection) as queries:
        run_screening(candidate=site, actor=cast.person(Role.OFFICER))
    (asked,) = [query["sql"] for query in queries if "infra_constraintfeature" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "constraint_geog_gist" in plan
    assert "constraint_geom_gist" in plan
    assert "Seq Scan on infra_constraintfeature" not in plan
