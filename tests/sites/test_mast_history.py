"""Every change of a mast is remembered with who, why and through which door."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.db import connection, transaction

from infra.ground import loading
from infra.ground.choices import Role
from infra.ground.loading import Stage
from infra.models import User
from infra.work.history import because, written_by
from infra.work.history.context import carry_into_copy
from sites.models import Mast
from tests.factories import make_mast, make_user

MastEvent: Any = apps.get_model("sites", "MastEvent")

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_user(Role.OFFICER)


def last_context(mast: Mast) -> dict[str, Any]:
    event = MastEvent.objects.filter(pgh_obj=mast).latest("pgh_id")
    assert event.pgh_context is not None
    return dict(event.pgh_context.metadata)


def test_a_bulk_write_says_who_why_and_by_which_door(officer: User) -> None:
    with written_by(officer, why="Nạp danh sách", door="job"):
        (mast,) = Mast.objects.bulk_create([Mast(code="A", point=Point(105.6, 10.4, srid=4326))])
    assert last_context(mast) == {"user": officer.pk, "why": "Nạp danh sách", "door": "job"}


def _one_mast(_say: Any) -> None:
    make_mast(code="DEMO-1")


def test_what_the_demo_loads_says_so_and_takes_no_reason_from_another_loader(
    settings: Any,
) -> None:
    """The routes' loader gives its own reason; it was told of the masts too."""
    settings.DEMO_MODE = True
    with loading._STEPS.temporarily(only=True):
        loading.register_loader(Stage.DEMO, "masts", _one_mast, order=1)
        loading.register_loader(Stage.DEMO, "routes", lambda _say: because("Vẽ tuyến"), order=2)
        call_command("load_demo", stdout=StringIO())
    told = last_context(Mast.objects.get(code="DEMO-1"))
    assert (told["why"], told["door"]) == ("Nạp dữ liệu minh họa", "command")


def test_copy_says_who_and_why_when_the_context_is_carried(officer: User) -> None:
    columns = [f.column for f in Mast._meta.concrete_fields if f.column and f.column != "id"]
    mast = make_mast(code="SAMPLE")
    with connection.cursor() as cursor:
        text = StringIO()
        names = ", ".join(columns)
        cursor.copy_expert(f"COPY sites_mast ({names}) TO STDOUT", text)
        row = (
            text.getvalue()
            .replace("SAMPLE", "COPIED")
            .replace(str(mast.uuid), "6f2c1b1e-58a2-4a8f-9a39-0a54a4a0a001")
        )
        with written_by(officer, why="COPY", door="command"), transaction.atomic():
            carry_into_copy()
            cursor.copy_expert(f"COPY sites_mast ({names}) FROM STDIN", StringIO(row))
    copied = Mast.objects.get(code="COPIED")
    assert last_context(copied)["user"] == officer.pk
    assert last_context(copied)["why"] == "COPY"


def test_raw_sql_says_who_and_why_and_keeps_the_old_position(officer: User) -> None:
    mast = make_mast(code="RAW", at=(105.60, 10.40))
    with written_by(officer, why="Sửa tay", door="command"), connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mast SET point = ST_SetSRID(ST_MakePoint(105.7, 10.5), 4326)")
    assert last_context(mast)["why"] == "Sửa tay"
    first, second = MastEvent.objects.filter(pgh_obj=mast).order_by("pgh_id")
    assert (first.point.x, second.point.x) == (105.60, 105.7)


@pytest.mark.owner  # the application deletes no mast
def test_a_deleted_mast_leaves_its_last_state_behind(officer: User) -> None:
    mast = make_mast(code="GONE")
    key = mast.pk
    with written_by(officer, why="Trùng", door="page"):
        mast.delete()
    event = MastEvent.objects.filter(pgh_obj_id=key).latest("pgh_id")
    assert (event.pgh_label, event.code) == ("delete", "GONE")
