"""The counts behind low zooms are right after every way of writing."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection
from django.utils import timezone

from infra.ground.choices import Publicity
from infra.map.aggregates import differences
from infra.models import MapAggregate
from sites.models import Mast
from tests.cast import Cast
from tests.factories import make_mast, make_station
from tests.map.conftest import Ask
from tests.seals.aside import TRUNCATION

ZOOM = 9
SA_DEC = (105.757, 10.291)
pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(cast: Cast, ask: Ask) -> "Counter":
    """What the officer's tile counts around Cao Lãnh."""
    return Counter(cast, ask)


class Counter:
    """Number of masts and worst grade of the tile."""

    def __init__(self, cast: Cast, ask: Ask) -> None:
        self.cast, self.ask = cast, ask

    def __call__(self, zoom: int = ZOOM) -> tuple[int, str]:
        found = self.ask(self.cast.officer, "masts", zoom).properties("masts")
        assert differences() == 0
        return sum(one["n"] for one in found), max((one["worst"] for one in found), default="")


@pytest.mark.owner  # the application deletes no mast
def test_created_changed_moved_archived_and_deleted_masts(counted: Counter) -> None:
    assert counted(12) == (0, "")
    mast = make_mast(grade="A")
    assert counted(12) == (1, "A")
    mast.grade = "D"
    mast.save()
    assert counted(12) == (1, "D")
    mast.point.x, mast.point.y = SA_DEC
    mast.save()
    assert counted(12) == (0, "")
    Mast.objects.filter(pk=mast.pk).update(point=make_mast(grade="B").point)
    assert counted(12) == (2, "D")
    Mast.objects.filter(pk=mast.pk).update(archived_at=timezone.now())
    assert counted(12) == (1, "B")
    Mast.objects.all().delete()
    assert counted(12) == (0, "")


def test_many_masts_in_one_statement(counted: Counter) -> None:
    place = make_mast(grade="C").point
    Mast.objects.bulk_create(Mast(code=f"B-{n}", point=place, grade="A") for n in range(50))
    assert counted() == (51, "C")
    Mast.objects.filter(code__startswith="B-").update(grade="D")
    assert counted() == (51, "D")


def test_a_copy_into_the_table(counted: Counter) -> None:
    make_mast(code="GỐC")
    columns = [
        field.column for field in Mast._meta.local_fields if field.column not in {None, "id"}
    ]
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(str(name)) for name in columns)
        buffer = io.StringIO()
        cursor.cursor.copy_expert(f"COPY sites_mast ({names}) TO STDOUT", buffer)
        line = buffer.getvalue()
        uuid = str(Mast.objects.get().uuid)
        lines = "".join(
            line.replace("GỐC", f"COPY-{n}").replace(uuid, f"{n:08}{uuid[8:]}") for n in range(20)
        )
        cursor.cursor.copy_expert(f"COPY sites_mast ({names}) FROM STDIN", io.StringIO(lines))
    assert counted() == (21, "")


@pytest.mark.owner
def test_raw_statements_and_truncation(counted: Counter) -> None:
    make_mast(grade="B")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mast SET grade = 'D'")
        assert counted() == (1, "D")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TRUNCATION.format("DISABLE"))  # as the owner may, who clears the tables
        cursor.execute("TRUNCATE sites_mast CASCADE")
        cursor.execute(TRUNCATION.format("ENABLE"))
    assert counted() == (0, "")


def test_a_change_of_publicity_moves_a_mast_between_scopes(cast: Cast, ask: Ask) -> None:
    mast = make_mast(grade="D")
    assert ask(None, "masts", ZOOM).counted("masts_public") == 0
    mast.publicity = Publicity.PUBLIC
    mast.save()
    assert ask(None, "masts", ZOOM).counted("masts_public") == 1
    assert ask(cast.rival, "masts", ZOOM).counted("masts") == 1


def test_a_new_station_brings_its_operator_the_mast_at_once(cast: Cast, ask: Ask) -> None:
    mast = make_mast(grade="C")
    assert ask(cast.operator, "masts", ZOOM).counted("masts") == 0
    assert cast.operator.organisation
    station = make_station(mast, cast.operator.organisation)
    assert ask(cast.operator, "masts", ZOOM).counted("masts") == 1
    station.delete()
    assert ask(cast.operator, "masts", ZOOM).counted("masts") == 0


def test_a_change_that_moves_nothing_writes_no_counts(cast: Cast) -> None:
    mast = make_mast()
    before = list(MapAggregate.objects.order_by("pk").values_list("pk", "count"))
    Mast.objects.filter(pk=mast.pk).update(name="Tên khác")
    assert list(MapAggregate.objects.order_by("pk").values_list("pk", "count")) == before


@pytest.mark.owner
def test_a_rename_works_out_no_cells_and_a_move_does() -> None:
    mast = make_mast()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION map_qx(place geometry) RETURNS bigint LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'a cell is worked out'; END $$"
        )
    mast.name = "Tên khác"
    mast.save()
    Mast.objects.update(note="Ghi chú")
    with pytest.raises(InternalError, match="a cell is worked out"):
        Mast.objects.update(grade="D")


@pytest.mark.parametrize("zoom", range(14))
def test_every_zoom_counts_all_masts(cast: Cast, ask: Ask, zoom: int) -> None:
    for n in range(5):
        make_mast(at=(105.6321 + n * 1e-4, 10.4602 + n * 1e-4))
    assert ask(cast.officer, "masts", zoom).counted("masts") == 5


@pytest.mark.parametrize("zoom", [5, 9, 12])
def test_live_counts_of_a_filter_agree_with_the_kept_ones(cast: Cast, ask: Ask, zoom: int) -> None:
    for n in range(30):
        make_mast(at=(105.55 + n * 0.006, 10.4 + n * 0.003), grade="D")
    kept = ask(cast.officer, "masts", zoom).layers
    assert ask(cast.officer, "masts", zoom, "?class=A2b").layers == kept
    assert ask(cast.officer, "masts", zoom, "?grade=D").layers == kept
    assert ask(cast.officer, "masts", zoom, "?grade=A").layers == {}


def test_a_wrong_count_is_found_and_mended() -> None:
    make_mast()
    MapAggregate.objects.filter(level=12).update(count=7)
    with pytest.raises(CommandError, match="differ"):
        call_command("rebuild_aggregates", check=True)
    call_command("rebuild_aggregates")
    call_command("rebuild_aggregates", check=True)
