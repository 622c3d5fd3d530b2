"""One field for a place: cleans to a point, doubts out loud, and lets a person insist."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.test import Client
from django.utils import translation

from infra.ground.choices import Role, UnitLevel
from infra.models import AdministrativeUnit
from infra.places.field.forms import CoordinateField, ExaminesCoordinates
from infra.places.geo.measure import distance_m
from tests.factories import make_user

pytestmark = pytest.mark.django_db

CAO_LANH = Point(105.6321, 10.4602, srid=4326)
PLANE = "X 1156822.472 Y 569001.844"


class PlaceForm(ExaminesCoordinates):
    """A form as the parts write them."""

    unit = forms.ModelChoiceField(AdministrativeUnit.objects.all(), required=False)
    point = CoordinateField(unit_field="unit")


@pytest.fixture
def unit() -> AdministrativeUnit:
    return AdministrativeUnit.objects.create(
        code="29869",
        name="Cao Lãnh",
        kind_name="Phường",
        level=UnitLevel.COMMUNE,
        valid_from=date(2025, 7, 1),
        boundary=MultiPolygon(Polygon.from_bbox((105.6, 10.4, 105.7, 10.5)), srid=4326),
        boundary_is_approximate=False,
    )


def _form(text: str, choice: str, unit: Any = None, confirmation: str = "") -> PlaceForm:
    data = {"point_0": text, "point_1": choice, "point_2": confirmation}
    return PlaceForm(data | ({"unit": str(unit.pk)} if unit else {}))


def test_either_system_cleans_to_the_same_point(unit: AdministrativeUnit) -> None:
    for text, choice in [("10,4602; 105,6321", "wgs84"), (PLANE, "105-00")]:
        form = _form(text, choice, unit)
        assert form.is_valid(), form.errors
        assert distance_m(form.cleaned_data["point"], CAO_LANH) < 0.001
        assert form.cleaned_data["point"].srid == 4326


@pytest.mark.parametrize(
    ("text", "choice", "said"),
    [
        ("", "wgs84", "required"),
        ("Cao Lãnh", "wgs84", "could not be read"),
        (PLANE, "wgs84", "choose the central meridian"),
        ("10.4602, 105.6321", "105-00", "choose WGS-84 degrees or VN-2000 degrees"),
        (f"{PLANE} KTT 105°45'", "105-00", "is chosen"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(text: str, choice: str, said: str) -> None:
    with translation.override("en"):
        form = _form(text, choice)
        assert not form.is_valid()
        assert said in form.errors["point"][0]
        assert text in form.as_p().replace("&#x27;", "'")


def test_the_wrong_meridian_is_refused_until_it_is_confirmed(unit: AdministrativeUnit) -> None:
    with translation.override("en"):
        form = _form(PLANE, "105-45", unit)
        assert not form.is_valid()
        assert "105°00′ it is inside" in form.errors["point"][0]
        page = form.as_p()
    assert "Read as" in page
    token = page.split('name="point_2" value="')[1].split('"')[0]
    assert _form(PLANE, "105-45", unit, token).is_valid()
    # The box confirms this text only.
    assert not _form("X 1156822.472 Y 569001.845", "105-45", unit, token).is_valid()


def test_exchanged_axes_cannot_be_insisted_on(unit: AdministrativeUnit) -> None:
    swapped = "X 569001.844 Y 1156822.472"
    page = _form(swapped, "105-00", unit).as_p()
    token = page.split('name="point_2" value="')[1].split('"')[0]
    assert not _form(swapped, "105-00", unit, token).is_valid()


def test_a_stored_point_is_shown_and_its_resending_changes_nothing(
    unit: AdministrativeUnit,
) -> None:
    form = PlaceForm(initial={"point": CAO_LANH})
    assert 'value="10.4602000, 105.6321000"' in form.as_p()
    data = {"point_0": "10.4602000, 105.6321000", "point_1": "wgs84"}
    assert PlaceForm(data, initial={"point": CAO_LANH}).changed_data == []


def test_two_forms_do_not_share_their_doubts(unit: AdministrativeUnit) -> None:
    assert not _form(PLANE, "105-45", unit).is_valid()
    assert "Read as" not in PlaceForm().as_p()


def test_the_live_reading_gives_place_unit_systems_and_mends(
    client: Client, unit: AdministrativeUnit
) -> None:
    client.force_login(make_user(Role.OPERATOR))
    query = {"text": PLANE, "choice": "105-45", "unit": str(unit.pk)}
    answer = client.get("/toa-do/doc/", query).json()
    (doubt,) = answer["doubts"]
    assert doubt["code"] == "other_meridian"
    (mend,) = doubt["mends"]
    query |= {"text": mend["text"], "choice": mend["choice"]}
    mended = client.get("/toa-do/doc/", query).json()
    assert mended["doubts"] == []
    assert mended["unit"]["name"] == "Phường Cao Lãnh"
    assert mended["point"] == pytest.approx({"lat": 10.4602, "lon": 105.6321}, abs=1e-7)
    lines = " ".join(line["text"] for line in mended["readout"]).replace("\xa0", " ")
    assert "1.156.822,47 m" in lines
    assert "569.001,84 m" in lines
    assert "10°27′36,72″" in lines


def test_an_unreadable_text_is_an_answer_not_an_error(client: Client) -> None:
    client.force_login(make_user(Role.INSPECTOR))
    answer = client.get("/toa-do/doc/", {"text": "abc", "unit": "x", "on": "?", "choice": "?"})
    assert answer.status_code == 200
    assert answer.json()["ok"] is False


def test_readings_are_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.places.field.views.READINGS_A_MINUTE", 3)
    client.force_login(make_user(Role.OPERATOR))
    codes = {client.get("/toa-do/doc/", {"text": "1"}).status_code for _n in range(8)}
    assert codes == {200, 429}
