"""Each index of the register stands in the plan of what it is for, for whom it is for."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from infra.map.layers import search_name
from infra.models import AdministrativeUnit, ConstraintFeature, SearchWord
from infra.people.spelling import candidates
from sites.register.selectors.masts import MastQuery, found_pages
from sites.register.selectors.orders import in_order
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def plan(rows: Any) -> str:
    """The plan without what suits a small table alone."""
    with connection.cursor() as cursor:
        for name in ("seqscan", "sort", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{name} = off")
    return str(rows.explain())


@pytest.mark.parametrize(
    ("sort", "index", "of_public"),
    [
        ("name", "mast_name_vi", "mast_public_name"),
        ("code", "sites_mast_code", "mast_public_code"),
        ("height", "mast_height_code", "mast_public_height"),
        ("verified", "mast_verified_code", "mast_public_verified"),
        ("grade", "mast_grade_code", "mast_public_code"),
    ],
)
def test_each_order_is_walked(cast: Cast, sort: str, index: str, of_public: str) -> None:
    for person, name in ((cast.officer, index), (AnonymousUser(), of_public)):
        pages = found_pages(person, MastQuery(sort=sort))
        shown = plan(in_order(pages.scope, pages.sort)[:50])
        assert name in shown, shown
        assert "Sort" not in shown.replace("Incremental Sort", "")
    pages = found_pages(cast.operator, MastQuery(sort=sort))
    if sort == "grade":  # of own masts first, the others have none that the operator reads
        assert pages.graded is not None
        assert index in plan(pages.graded.order_by("-grade", "code")[:50])
    else:
        assert index in plan(in_order(pages.scope, sort)[:50])


@pytest.mark.parametrize("text", ["cao lanh", "vt 777", "co", "DTP-777"])
def test_words_are_looked_up_for_everybody(cast: Cast, text: str) -> None:
    for person in (cast.officer, cast.operator, AnonymousUser()):
        pages = found_pages(person, MastQuery(q=text))
        assert pages.kept is not None
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off")  # leaves GIN, which is a bitmap
        assert "mast_search_words" in plan(pages.kept)


def test_units_and_names_of_features_are_looked_up(cast: Cast) -> None:
    unit = AdministrativeUnit.objects.create(
        code="1", name="A", kind_name="Xã", level=3, valid_from="2025-07-01"
    )
    assert "mast_search_unit" in plan(found_pages(cast.officer, MastQuery(commune=[unit])).found)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
    features = ConstraintFeature.objects.all()
    assert "constraint_name_words" in plan(search_name(features, "nguyen hue", AnonymousUser()))


def test_words_alike_are_looked_up_by_their_length(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tt_learn(%s)", [["lanh", "long", "vinh"]])
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT word FROM infra_searchword WHERE length(word) BETWEEN 3 AND 5"
        )
        assert "search_word_length" in str(cursor.fetchall())
    assert candidates("lanhh")[0] == "lanh"
    assert SearchWord.objects.filter(word="long").count() == 1
