"""History is written once a statement, whoever writes and however many rows."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from pghistory.models import Context

from infra.work.history import written_by
from sites.models import Mast, Station
from tests.factories import make_cost_rate, make_mast, make_organisation
from undergrounding.models import CostRate

pytestmark = pytest.mark.django_db

MANY = 8000
ROW_LEVEL = 1
HISTORY_TRIGGERS = """
SELECT t.tgtype & 1, count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = %s::regclass AND p.prosrc LIKE '%%INSERT INTO "' || %s || '"%%' GROUP BY 1
"""
EVENT_MODELS: list[Any] = [
    model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
]


def events(model: str = "sites.MastEvent") -> Any:
    return apps.get_model(model).objects.order_by("pgh_id")


@pytest.mark.parametrize("events_of", EVENT_MODELS, ids=lambda model: model._meta.object_name)
def test_no_history_is_written_row_by_row(events_of: Any) -> None:
    tracked = events_of.pgh_tracked_model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(HISTORY_TRIGGERS, [tracked, events_of._meta.db_table])
        # Insert, update and delete; of what is final anyway only the deletion.
        assert cursor.fetchall() == [(0, 1 if events_of.__name__ == "ScreeningEvent" else 3)]


def test_a_bulk_change_after_a_single_one_is_not_joined_row_by_row() -> None:
    rate = make_cost_rate()
    CostRate.objects.filter(pk=rate.pk).update(source="Một dòng trước")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO undergrounding_costrate (uuid, method, vnd_per_m, source, confidence,"
            " valid_from, version, created_at, updated_at) SELECT gen_random_uuid(), method,"
            " vnd_per_m, source, confidence, valid_from + n, 1, now(), now()"
            " FROM undergrounding_costrate, generate_series(1, %s) n",
            [MANY],
        )
        cursor.execute("SET LOCAL statement_timeout = '5s'")
        cursor.execute("UPDATE undergrounding_costrate SET source = 'Nhiều dòng sau'")
    written = events("undergrounding.CostRateEvent").filter(source="Nhiều dòng sau")
    assert written.count() == MANY + 1


def test_all_rows_of_a_statement_share_one_context() -> None:
    with written_by(None, why="Nạp", door="job"):
        Mast.objects.bulk_create(
            Mast(code=f"M{n}", point=Point(105.6, 10.4, srid=4326)) for n in range(50)
        )
    assert events().count() == 50
    assert Context.objects.count() == 1
    assert Context.objects.get().metadata["why"] == "Nạp"


def test_a_statement_that_changes_nothing_leaves_nothing() -> None:
    mast = make_mast()
    with written_by(None, why="Không đổi gì", door="job"):
        Mast.objects.filter(pk=mast.pk).update(name=mast.name)
        Mast.objects.filter(code="khong-co").delete()
    assert [event.pgh_label for event in events()] == ["insert"]
    assert not Context.objects.exists()


def test_what_nobody_gave_a_reason_for_has_none_though_the_session_had_one_before() -> None:
    with written_by(None, why="Trước", door="job"), transaction.atomic():
        make_mast(code="A")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pghistory.context_id = ''")
        cursor.execute("SET LOCAL pghistory.context_metadata = ''")
        cursor.execute("UPDATE sites_mast SET name = 'không rõ lý do'")
    told, untold = events()
    assert told.pgh_context.metadata["why"] == "Trước"
    assert untold.pgh_context is None


def test_one_statement_that_creates_and_changes_keeps_both() -> None:
    made = make_organisation("Viettel")
    station_of = make_mast(code="A")
    Station.objects.create(mast=station_of, operator=made, code="S1")
    rows = [
        Station(mast=station_of, operator=made, code="S1", name="tên mới"),
        Station(mast=station_of, operator=made, code="S2"),
    ]
    Station.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["operator", "code"], update_fields=["name"]
    )
    found = events("sites.StationEvent").values_list("code", "pgh_label", "name")
    assert sorted(found) == [
        ("S1", "insert", ""),
        ("S1", "update", "tên mới"),
        ("S2", "insert", ""),
    ]


def test_a_row_whose_key_was_changed_is_not_lost() -> None:
    mast = make_mast(code="KEY")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mast SET id = id + 1000")
    last = events().last()
    assert (last.pgh_label, last.pgh_obj_id, last.code) == ("update", mast.pk + 1000, "KEY")


def test_a_mast_written_after_its_station_has_the_operator_and_its_story_in_order() -> None:
    viettel, owner = make_organisation("Viettel"), make_organisation("GTEL")
    Station.objects.create(mast_id=4711, operator=viettel, code="S1")
    Mast.objects.create(pk=4711, code="SAU", point=Point(105.6, 10.4, srid=4326), owner=owner)
    viewers = sorted([owner.pk, viettel.pk])
    assert Mast.objects.get().viewer_org_ids == viewers
    story = list(events().values_list("pgh_label", "viewer_org_ids"))
    assert story == [("insert", [owner.pk]), ("update", viewers)]
