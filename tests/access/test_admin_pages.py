"""Every page of the stock administration opens, for every model it keeps, with a real row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from infra.ground.choices import Confidence, DayKind
from infra.models import CalendarDay, NoticeDelivery, Procedure, RegulationLimit
from tests.cast import Cast
from tests.factories import make_notice, make_procedure


def a_procedure(cast: Cast) -> Procedure:
    procedure = make_procedure()
    procedure.components.create(code="don", name="Văn bản đề nghị")
    return procedure


ROWS: dict[type[Model], Callable[[Cast], Model]] = {
    CalendarDay: lambda cast: CalendarDay.objects.create(
        date="2026-09-02", kind=DayKind.OFF, name="Quốc khánh", source="minh họa"
    ),
    RegulationLimit: lambda cast: RegulationLimit.objects.create(
        code="chieu-cao",
        value=45,
        unit="m",
        label="Chiều cao",
        instrument="minh họa",
        confidence=Confidence.ILLUSTRATIVE,
        valid_from="2026-01-01",
    ),
    Procedure: a_procedure,
    NoticeDelivery: lambda cast: NoticeDelivery.objects.create(
        notice=make_notice(cast.officer), channel="email"
    ),
}
# Rows that are only looked at: nobody adds or deletes them.
SHOWN = {NoticeDelivery}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("page", ["changelist", "add", "change", "history", "delete"])
def test_every_page_of_every_model_opens(
    client: Client, cast: Cast, model: type[Model], page: str
) -> None:
    row = ROWS[model](cast)
    client.force_login(cast.administrator)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    arguments: list[Any] = [row.pk] if page in {"change", "history", "delete"} else []
    answer = client.get(reverse(name, args=arguments))
    if model in SHOWN and page in {"add", "delete"}:
        assert answer.status_code == 403
        return
    assert answer.status_code == 200
    if page == "change":
        assert answer.context["original"] == row


def test_people_are_kept_on_pages_of_the_product_only(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    answer = client.get(f"/quan-tri/infra/user/{cast.officer.pk}/change/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("administration:person", args=[cast.officer.pk])
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_list_of_models_is_the_list_of_rows() -> None:
    assert set(MODELS) == set(ROWS)
