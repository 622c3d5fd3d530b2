"""Creating and changing masts: who and why is kept, nobody's work is overwritten unseen."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from infra.ground.rules import Citation, Limit
from infra.places.field.forms import confirmation_of
from sites.models import Lease, Mast, Station
from sites.register.rules.mast_class import (
    HALF_WIDTH,
    HEIGHT,
    HEIGHT_SHARE,
    MastShape,
    propose_class,
)
from tests.cast import Cast
from tests.factories import home, make_mast, make_station
from tests.reading import page_text

MastEvent: Any = apps.get_model("sites", "MastEvent")

pytestmark = pytest.mark.django_db


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def fields(**changed: Any) -> dict[str, Any]:
    typed = {
        "code": "DT-1",
        "name": "Cột A",
        "point_0": "10.4602, 105.6321",
        "point_1": "wgs84",
        "footing": "ground",
        "permit_status": "unknown",
        "operating_status": "on_air",
        "publicity": "internal",
        "why": "Theo biên bản 12",
    }
    return typed | changed


def confirmed(client: Client, url: str, data: dict[str, Any]) -> Any:
    """Send the form, with the box ticked that confirms a place outside all boundaries."""
    token = confirmation_of(data["point_0"], data["point_1"])
    return client.post(url, {**data, "point_2": token})


def test_a_new_mast_remembers_who_made_it_why_and_on_which_page(cast: Cast) -> None:
    response = confirmed(client_of(cast.officer), "/cot/moi/", fields())
    assert response.status_code == 302, page_text(response)
    mast = Mast.objects.get()
    assert mast.point.coords == pytest.approx((105.6321, 10.4602))
    event = MastEvent.objects.get(pgh_obj=mast)
    told = event.pgh_context.metadata
    assert (told["user"], told["why"], told["door"]) == (
        cast.officer.pk,
        "Theo biên bản 12",
        "page",
    )


def test_the_history_page_tells_field_by_field_with_the_way_it_moved(cast: Cast) -> None:
    client = client_of(cast.officer)
    confirmed(client, "/cot/moi/", fields())
    mast = Mast.objects.get()
    moved = fields(name="Cột B", point_0="10.4612, 105.6321", version=1, why="Đo lại")
    assert confirmed(client, f"/cot/{mast.uuid}/sua/", moved).status_code == 302
    page = page_text(client.get(f"/cot/{mast.uuid}/lich-su/"))
    for words in ("Cột A", "Cột B", "Đo lại", cast.officer.full_name, "110,6 m"):
        assert words in page, words


@pytest.mark.parametrize("sent", [{}, {"version": "²"}, {"version": "9" * 30}])
def test_a_form_without_the_version_that_was_seen_changes_nothing(
    cast: Cast, sent: dict[str, str]
) -> None:
    client = client_of(cast.officer)
    confirmed(client, "/cot/moi/", fields())
    mast = Mast.objects.get()
    blind = fields(name="Cột B", **sent)
    assert confirmed(client, f"/cot/{mast.uuid}/sua/", blind).status_code == 409
    assert Mast.objects.get().name == "Cột A"


def test_two_people_at_once_the_second_reads_both_versions_and_loses_nothing(cast: Cast) -> None:
    client = client_of(cast.officer)
    confirmed(client, "/cot/moi/", fields())
    mast = Mast.objects.get()
    url = f"/cot/{mast.uuid}/sua/"
    other = client_of(cast.administrator)
    assert confirmed(other, url, fields(name="Của người kia", version=1)).status_code == 302
    response = confirmed(client, url, fields(name="Của tôi", version=1))
    assert response.status_code == 409
    page = page_text(response)
    assert "Của người kia" in page
    assert "Của tôi" in page
    mast.refresh_from_db()
    assert (mast.name, mast.version) == ("Của người kia", 2)
    assert confirmed(client, url, fields(name="Của tôi", version=2)).status_code == 302


def test_what_is_wrong_stays_beside_its_field_and_what_was_typed_is_kept(cast: Cast) -> None:
    response = confirmed(client_of(cast.officer), "/cot/moi/", fields(height_m="cao lắm"))
    assert response.status_code == 422
    assert "Cột A" in page_text(response)
    assert not Mast.objects.exists()


def test_archiving_names_its_reason_and_can_be_undone(cast: Cast) -> None:
    mast = make_mast(code="A")
    client = client_of(cast.officer)
    url = f"/cot/{mast.uuid}/luu-tru/"
    client.post(url, {"act": "archive", "version": 1})
    mast.refresh_from_db()
    assert mast.archived_at is None
    client.post(url, {"act": "archive", "version": 1, "reason": "Đã tháo dỡ"})
    mast.refresh_from_db()
    assert (mast.archived_at is not None, mast.archive_reason) == (True, "Đã tháo dỡ")
    client.post(url, {"act": "restore", "version": 2, "reason": "Nhầm"})
    mast.refresh_from_db()
    assert mast.archived_at is None


def test_a_station_is_saved_with_its_antennas(cast: Cast) -> None:
    mast = make_mast()
    data = {
        "operator": cast.operator.organisation_id,
        "code": "VT1",
        "technologies": ["4G", "5G"],
        "operating_status": "on_air",
        "version": 1,
        "a-TOTAL_FORMS": 3,
        "a-INITIAL_FORMS": 0,
        "a-0-azimuth_deg": "120",
        "a-0-height_m": "28.5",
        "a-1-azimuth_deg": "240",
    }
    response = client_of(cast.officer).post(f"/cot/{mast.uuid}/tram/moi/", data)
    assert response.status_code == 302, page_text(response)
    station = Station.objects.get()
    assert station.technologies == ["4G", "5G"]
    assert [float(a.azimuth_deg or 0) for a in station.antennas.all()] == [120, 240]


def test_a_landlord_is_for_the_department_alone(cast: Cast) -> None:
    mast = make_mast(owner=cast.operator.organisation)
    make_station(mast, home(cast.operator))
    Lease.objects.create(mast=mast, landlord_name="Nguyễn Văn Chủ Nhà")
    for person, sees in ((cast.officer, True), (cast.auditor, True), (cast.operator, False)):
        client = client_of(person)
        for url in (f"/cot/{mast.uuid}/", f"/cot/{mast.uuid}/lich-su/"):
            assert ("Chủ Nhà" in page_text(client.get(url))) is sees


LIMITS = {
    code: Limit(code, value, "m", Citation("TTLT 15/2016"))
    for code, value in ((HEIGHT_SHARE, 0.2), (HEIGHT, 3.0), (HALF_WIDTH, 0.5))
}


@pytest.mark.parametrize(
    ("shape", "proposed"),
    [
        (MastShape(True, 3.0, 15.0, 0.5), "A1a"),
        (MastShape(True, 3.0, 14.9, 0.5), "A2a"),
        (MastShape(True, 3.1, 30.0, 0.5), "A2a"),
        (MastShape(True, 3.0, 15.0, 0.51), "A2a"),
        (MastShape(True, 12.0, 15.0, None), "A2a"),
        (MastShape(True, 2.0, 15.0, None), ""),
        (MastShape(True, None, 15.0, 0.4), ""),
        (MastShape(False, 45.0, None, None), "A2b"),
    ],
)
def test_the_class_follows_from_the_measures(shape: MastShape, proposed: str) -> None:
    assert propose_class(shape, LIMITS)[0] == proposed


def test_without_its_limits_the_class_is_not_guessed() -> None:
    assert propose_class(MastShape(True, 2.0, 15.0, 0.4), {})[0] == ""
