"""Forms take the Vietnamese comma, refuse what is ambiguous, and ask about what is odd."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from infra.ground.number_field import DateField, NumberField
from infra.models import RegulationLimit, User
from infra.places.territory.plausible import load_plausibility
from sites.models import Mast
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text

pytestmark = pytest.mark.django_db
OURS = ("infra.", "sites.", "undergrounding.")


@pytest.fixture
def officer(cast: Cast) -> Client:
    load_plausibility(lambda _text: None)
    return client_of(cast.officer)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fields(**changed: Any) -> dict[str, Any]:
    typed = {
        "code": "DT-1",
        "point_0": "10,4602; 105,6321",
        "point_1": "wgs84",
        "footing": "ground",
        "permit_status": "unknown",
        "operating_status": "on_air",
        "publicity": "internal",
    }
    return {**typed, **changed}


def saved(client: Client, **typed: Any) -> Any:
    response = client.post("/cot/moi/", fields(**typed))
    assert response.status_code == 302, page_text(response)
    return Mast.objects.get()


def refused(client: Client, **typed: Any) -> str:
    response = client.post("/cot/moi/", fields(**typed))
    assert response.status_code == 422
    assert not Mast.objects.exists()
    return page_text(response)


@pytest.mark.parametrize("typed", ["36,5", "36.5", "36,5 m", " 36,5m"])
def test_a_height_with_a_comma_is_the_height_meant(officer: Client, typed: str) -> None:
    assert saved(officer, height_m=typed).height_m == Decimal("36.5")


def test_what_can_be_read_twice_is_refused_with_both_readings_and_kept(officer: Client) -> None:
    page = refused(officer, height_m="1.250")
    assert "“1.250” có thể hiểu là 1,25 hoặc 1250" in page
    assert 'value="1.250"' in page


def test_an_odd_height_is_asked_about_and_the_written_answer_is_kept(officer: Client) -> None:
    page = refused(officer, height_m="365")
    assert "365 m — đúng, tôi chắc chắn" in page
    assert "2 đến 150 m" in page
    mast = saved(officer, height_m="365", height_m_sure="365", why="Cột mới")
    assert mast.height_m == 365
    history = page_text(officer.get(f"/cot/{mast.uuid}/lich-su/"))
    assert "Cột mới; Chiều cao cột, m: 365 m, người nhập đã xác nhận" in history


def test_a_yes_to_one_value_is_none_to_another(officer: Client) -> None:
    assert "356 m — đúng" in refused(officer, height_m="356", height_m_sure="365")


def test_what_stood_there_is_not_asked_about_again(officer: Client) -> None:
    mast = make_mast(height_m=365)
    url = f"/cot/{mast.uuid}/sua/"
    response = officer.post(url, fields(code=mast.code, height_m="365", version=mast.version))
    assert response.status_code == 302, page_text(response)


def test_the_office_sets_what_is_asked_about(officer: Client) -> None:
    RegulationLimit.objects.filter(code="plausible-mast-height-most").update(value=400)
    assert saved(officer, height_m="365").height_m == 365


def test_hard_bounds_refuse_without_asking(officer: Client) -> None:
    for typed in ("-3,5", "1001", "99999"):
        page = refused(officer, height_m=typed, height_m_sure=typed)
        assert "đúng, tôi chắc chắn" not in page


def test_a_day_that_has_not_come_is_asked_about(officer: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = refused(officer, built_on=tomorrow.isoformat())
    assert "Ngày này chưa đến" in page
    assert f"{tomorrow:%d/%m/%Y} — đúng, tôi chắc chắn" in page
    mast = saved(officer, built_on=tomorrow.isoformat(), built_on_sure=tomorrow.isoformat())
    assert mast.built_on == tomorrow


def test_another_century_is_refused(officer: Client) -> None:
    assert "Năm 215" in refused(officer, built_on="0215-06-01", built_on_sure="0215-06-01")


def test_the_page_shows_a_stored_height_the_way_it_is_typed(officer: Client) -> None:
    mast = make_mast(height_m=Decimal("36.5"))
    assert 'value="36,5"' in page_text(officer.get(f"/cot/{mast.uuid}/sua/"))


def test_the_administrator_s_limits_take_the_comma_too(cast: Cast) -> None:
    load_plausibility(lambda _text: None)
    row = RegulationLimit.objects.get(code="plausible-half-width-most")
    url = f"/quan-tri/infra/regulationlimit/{row.pk}/change/"
    client = client_of(cast.administrator)
    typed = {
        name: getattr(row, name) or ""
        for name in ("code", "kind", "unit", "label", "instrument", "confidence")
    } | {"value": "7,5", "valid_from": row.valid_from.isoformat()}
    assert client.post(url, typed).status_code == 302
    row.refresh_from_db()
    assert row.value == Decimal("7.5")


def _forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of ours, and those that the administration makes."""
    for config in apps.get_app_configs():
        if config.name in ("infra", "sites", "undergrounding"):
            import_string(f"{config.name}.urls.urlpatterns")
    waiting: list[type[Any]] = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(OURS):
            yield kind


def test_no_form_has_a_number_or_date_field_of_its_own() -> None:
    wrong = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if not isinstance(field.widget, forms.HiddenInput)
        and isinstance(field, forms.IntegerField | forms.DateField)
        and not isinstance(field, NumberField | DateField)
    ]
    assert wrong == []


def test_no_number_of_the_administration_is_read_by_another_field(cast: Cast, rf: Any) -> None:
    request = rf.get("/")
    request.user = cast.administrator
    wrong = [
        f"{model.__name__}.{name}"
        for model, page in admin.site._registry.items()
        if any(isinstance(f, models.DecimalField | models.IntegerField) for f in model._meta.fields)
        for name, field in page.get_form(request).base_fields.items()
        if isinstance(field, forms.IntegerField) and not isinstance(field, NumberField)
    ]
    assert wrong == []
