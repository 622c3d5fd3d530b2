"""Who may see a mast follows from owner and stations, by whatever door they were written."""

from io import StringIO

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from infra.ground.choices import Publicity, Role
from sites.models import Mast, Station
from tests.factories import make_mast, make_organisation, make_station, make_user

pytestmark = pytest.mark.django_db


def viewers(mast: Mast) -> list[int]:
    mast.refresh_from_db()
    return mast.viewer_org_ids


def test_owner_and_operators_of_the_stations_are_the_viewers() -> None:
    owner, viettel, vnpt = (make_organisation(n) for n in ("GTEL", "Viettel", "VNPT"))
    mast = make_mast(owner=owner)
    assert viewers(mast) == [owner.pk]
    make_station(mast, viettel)
    station = make_station(mast, vnpt)
    assert viewers(mast) == sorted([owner.pk, viettel.pk, vnpt.pk])
    station.delete()
    assert viewers(mast) == sorted([owner.pk, viettel.pk])


def test_bulk_writes_and_moves_between_masts_are_followed() -> None:
    viettel, vnpt = make_organisation("Viettel"), make_organisation("VNPT")
    first, second = Mast.objects.bulk_create(
        [Mast(code=c, point=Point(105.6, 10.4, srid=4326), owner=vnpt) for c in ("A", "B")]
    )
    Station.objects.bulk_create([Station(mast=first, operator=viettel, code="1")])
    assert viewers(first) == sorted([viettel.pk, vnpt.pk])
    Station.objects.filter(mast=first).update(mast=second)
    assert viewers(first) == [vnpt.pk]
    assert viewers(second) == sorted([viettel.pk, vnpt.pk])
    Mast.objects.filter(pk=second.pk).update(owner=None)
    assert viewers(second) == [viettel.pk]


def test_raw_sql_cannot_forge_the_viewers() -> None:
    viettel, vnpt = make_organisation("Viettel"), make_organisation("VNPT")
    mast = make_mast(owner=viettel)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mast SET viewer_org_ids = %s", [[vnpt.pk]])
    assert viewers(mast) == [viettel.pk]


def test_copy_of_stations_is_followed() -> None:
    viettel = make_organisation("Viettel")
    mast = make_mast()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY sites_station (mast_id, operator_id, code, name, technologies, operating_status,"
            " off_air_reason, emf_certificate, emf_body, uuid, version, created_at, updated_at)"
            " FROM STDIN",
            StringIO(
                f"{mast.pk}\t{viettel.pk}\tC1\t\t{{}}\ton_air\t\t\t\t"
                "6f2c1b1e-58a2-4a8f-9a39-0a54a4a0a001\t1\t2026-01-01\t2026-01-01\n"
            ),
        )
    assert viewers(mast) == [viettel.pk]


def test_an_operator_sees_own_and_public_masts_only() -> None:
    viettel, vnpt = make_organisation("Viettel"), make_organisation("VNPT")
    own, shared, foreign, public = (
        make_mast(code=c) for c in ("OWN", "SHARED", "FOREIGN", "PUBLIC")
    )
    Mast.objects.filter(pk=own.pk).update(owner=viettel)
    make_station(shared, viettel)
    make_station(foreign, vnpt)
    Mast.objects.filter(pk=public.pk).update(publicity=Publicity.PUBLIC)
    seen = Mast.objects.visible_to(make_user(Role.OPERATOR, at=viettel))
    assert {m.code for m in seen} == {"OWN", "SHARED", "PUBLIC"}
