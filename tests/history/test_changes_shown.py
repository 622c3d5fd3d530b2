"""The history of rules and cases is kept, and can be read where it is looked for."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from infra.cases.dossiers.timeline import timeline
from infra.ground.choices import DossierState, Role
from infra.models import Consultation, Document, RegulationLimit
from infra.work.history import written_by
from infra.work.history.changes import changes_of
from tests.cast import Cast
from tests.factories import home, make_dossier, make_user
from tests.reading import page_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit() -> RegulationLimit:
    return RegulationLimit.objects.create(
        code="fall_factor",
        value=1,
        unit="lần",
        label="Bán kính đổ",
        instrument="Minh họa",
        confidence="illustrative",
        valid_from="2026-01-01",
    )


@pytest.fixture
def dossier(cast: Cast) -> Any:
    return make_dossier(home(cast.operator), cast.operator, state=DossierState.APPRAISING)


def test_an_administrator_reads_who_changed_a_limit_and_what_it_was(
    client: Client, cast: Cast, limit: RegulationLimit
) -> None:
    with written_by(cast.administrator, why="QĐ 12/QĐ-SKHCN", door="page"):
        limit.value = 2
        limit.save()
    client.force_login(cast.administrator)
    page = client.get(reverse("admin:infra_regulationlimit_history", args=[limit.pk]))
    text = page_text(page)
    assert page.status_code == 200
    for told in (str(cast.administrator), "QĐ 12/QĐ-SKHCN", "fall_factor"):
        assert told in text
    (change, made) = changes_of(limit)
    assert [(one.was, one.now) for one in change.fields] == [("1,0000", "2,0000")]
    assert (change.who, made.kind) == (str(cast.administrator), "insert")


def test_a_limit_changed_on_the_page_remembers_the_person(
    client: Client, cast: Cast, limit: RegulationLimit
) -> None:
    client.force_login(cast.administrator)
    url = reverse("admin:infra_regulationlimit_change", args=[limit.pk])
    fields = client.get(url).context["adminform"].form.initial
    assert client.post(url, {**_sent(fields), "value": "3"}).status_code == 302
    change = changes_of(limit)[0]
    assert (change.who, change.door) == (str(cast.administrator), "page")


def test_a_limit_that_ends_before_it_begins_is_refused_on_the_page(
    client: Client, cast: Cast, limit: RegulationLimit
) -> None:
    client.force_login(cast.administrator)
    url = reverse("admin:infra_regulationlimit_change", args=[limit.pk])
    fields = client.get(url).context["adminform"].form.initial
    page = client.post(url, {**_sent(fields), "valid_to": "31/12/2025"})
    assert page.status_code == 200
    assert "kết thúc trước" in page_text(page)


def _sent(initial: dict[str, Any]) -> dict[str, str]:
    words = {key: "" if value is None else str(value) for key, value in initial.items()}
    return words | {"valid_from": "01/01/2026", "value": "1"}


def test_the_department_reads_in_a_dossier_what_was_changed_beside_the_steps(
    cast: Cast, dossier: Any
) -> None:
    other = make_user(Role.OFFICER)
    asked = Consultation.objects.create(
        dossier=dossier,
        body=home(cast.consulted),
        question="Có vướng quy hoạch?",
        asked_by=cast.officer,
        due_on="2026-12-01",
    )
    letter = Document.objects.create(target=dossier, type="reply_letter", subject="V/v vị trí")
    with written_by(cast.head, why="Phân công", door="page"):
        dossier.officer = other
        dossier.save()
    with written_by(cast.consulted, why="Trả lời", door="page"):
        asked.opinion = "agree"
        asked.save()
    with written_by(cast.officer, why="Sửa", door="page"):
        letter.subject = "V/v vị trí trạm"
        letter.save()
    told = {
        (entry.who, entry.body)
        for entry in timeline(dossier, cast.auditor)
        if entry.kind == "change" and entry.is_internal
    }
    assert told == {
        (str(cast.head), f"chuyên viên: – → {other}"),
        (str(cast.consulted), "ý kiến: – → Đồng ý"),
        (str(cast.officer), "trích yếu: V/v vị trí → V/v vị trí trạm"),
    }
    outside = timeline(dossier, cast.operator)
    assert not [entry for entry in outside if entry.kind == "change"]


@pytest.mark.owner
def test_a_deleted_draft_leaves_its_last_state(dossier: Any) -> None:
    letter = Document.objects.create(target=dossier, type="reply_letter", subject="Bản nháp")
    key = letter.pk
    letter.delete()
    events: Any = apps.get_model("infra.DocumentEvent")
    last = events.objects.filter(pgh_obj_id=key).latest("pgh_id")
    assert (last.pgh_label, last.subject) == ("delete", "Bản nháp")
