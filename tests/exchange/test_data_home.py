"""The page of data: what waits, what came in, what goes out, what is missing, by role."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.ground.choices import Confidence, ImportState, JobState
from infra.models import ConstraintDataset, ImportRun, Job, LayerLoad, RegulationLimit, User
from sites.choices import Grade
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text

pytestmark = pytest.mark.django_db
URL = "/du-lieu/"
CONFIRM = "Xem và xác nhận"


def page_of(person: User, url: str = URL) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(url)
    assert answer.status_code == 200
    return page_text(answer)


def make_run(person: User, name: str, state: str, days_ago: int = 0) -> ImportRun:
    run = ImportRun.objects.create(
        kind="masts", file_name=name, sha256="0" * 64, size=1, state=state, created_by=person
    )
    moment = timezone.now() - timedelta(days=days_ago)
    ImportRun.objects.filter(pk=run.pk).update(created_at=moment)
    return run


def make_limit(label: str, days: int, **fields: Any) -> RegulationLimit:
    """A limit to be reviewed in so many days."""
    return RegulationLimit.objects.create(
        code=label,
        value=1,
        unit="m",
        label=label,
        instrument="QĐ",
        confidence=Confidence.UNVERIFIED,
        valid_from="2020-01-01",
        review_on=timezone.localdate() + timedelta(days=days),
        **fields,
    )


def test_what_waits_for_confirmation_stands_before_what_is_newer(cast: Cast) -> None:
    waiting = make_run(cast.officer, "cho.csv", ImportState.CHECKED, days_ago=20)
    for number in range(8):
        make_run(cast.officer, f"xong-{number}.csv", ImportState.DONE)
    make_run(cast.planner, "cua-nguoi-khac.csv", ImportState.CHECKED)
    page = page_of(cast.officer)
    assert page.index("cho.csv") < page.index("xong-7.csv")
    assert "xong-0.csv" not in page
    assert "cua-nguoi-khac.csv" not in page
    assert page.count(CONFIRM) == 1
    assert reverse("exchange:run_detail", args=[waiting.uuid]) in page
    assert "cua-nguoi-khac.csv" in page_of(cast.administrator)


def test_who_imports_nothing_sees_no_imports_but_may_take_data_out(cast: Cast) -> None:
    for person in (cast.operator, cast.consulted, cast.auditor):
        page = page_of(person)
        assert "Gửi tệp" not in page
        assert reverse("sites:mast_csv") in page
        assert reverse("sites:mast_geojson") in page


def test_each_lack_is_counted_and_listed_for_the_department_alone(cast: Cast) -> None:
    complete: dict[str, Any] = {
        "owner": cast.operator.organisation,
        "location_accuracy_m": 5,
        "last_verified_on": timezone.localdate(),
    }
    make_mast(code="ĐỦ", **complete)
    for number in range(3):
        make_mast(code=f"THẤP-{number}", **complete | {"height_m": None})
    make_mast(code="VÔ-CHỦ", **complete | {"owner": None})
    make_mast(code="LƯU", archived_at=timezone.now())
    page = page_of(cast.auditor)
    lacks = page.split("Thông tin cột còn thiếu")[1].split("</section>")[0]
    height = reverse("sites:mast_lacking", args=["chieu-cao"])
    assert [part.split("<")[0] for part in lacks.split('class="chip tone-')[1:]] == [
        'good">không có',
        'waiting">1 cột',
        'waiting">3 cột',
        'good">không có',
    ]
    assert height in lacks
    listed = page_of(cast.officer, height)
    assert all(f"THẤP-{number}" in listed for number in range(3))
    assert "ĐỦ" not in listed
    assert "/sua/" in listed
    assert "/sua/" not in page_of(cast.auditor, height)
    assert "Thông tin cột còn thiếu" not in page_of(cast.operator)


def test_layers_say_how_old_they_are_and_which_are_missing(cast: Cast) -> None:
    for kind, days in (("school", 800), ("road", 100), ("water", 3)):
        ConstraintDataset.objects.create(
            kind=kind,
            version=2,
            source=f"Nguồn {kind}",
            source_date=timezone.localdate() - timedelta(days=days),
        )
    ConstraintDataset.objects.create(
        kind="house",
        version=1,
        source="Đã thay",
        source_date=timezone.localdate(),
        is_current=False,
    )
    page = page_of(cast.planner)
    places = [page.index(words) for words in ("cách nay 2 năm", "cách nay 3 tháng", "3 ngày")]
    assert places == sorted(places)
    assert "Đã thay" not in page
    assert "chưa nạp" in page
    assert reverse("territory:layer_load_new") in page
    assert reverse("territory:boundary_load_new") not in page
    assert reverse("territory:boundary_load_new") in page_of(cast.administrator)
    assert reverse("territory:layer_load_new") not in page_of(cast.operator)


def test_a_layer_that_was_tried_waits_for_its_sender(cast: Cast) -> None:
    LayerLoad.objects.create(
        kind="school",
        file_name="truong.gpkg",
        sha256="0" * 64,
        size=1,
        source="Sở",
        source_date=timezone.localdate(),
        state=ImportState.CHECKED,
        created_by=cast.planner,
    )
    assert CONFIRM in page_of(cast.planner)
    assert "truong.gpkg" not in page_of(cast.officer)


def test_limits_due_for_review_stand_with_whom_to_ask(cast: Cast) -> None:
    RegulationLimit.objects.update(review_on=None)
    overdue = make_limit("Đã quá hạn rà", -10, ask="Sở Xây dựng")
    make_limit("Sắp rà", 40)
    make_limit("Còn lâu", 400)
    make_limit("Hết hiệu lực", -5, valid_to=timezone.localdate() - timedelta(days=1))
    page = page_of(cast.officer)
    assert "1 giới hạn quy định đã đến hạn rà soát." in page
    assert page.index("Đã quá hạn rà") < page.index("Sắp rà")
    assert "Sở Xây dựng" in page
    assert "Còn lâu" not in page
    assert "Hết hiệu lực" not in page
    change = reverse("admin:infra_regulationlimit_change", args=[overdue.pk])
    assert change not in page
    assert change in page_of(cast.administrator)
    assert "Đã quá hạn rà" not in page_of(cast.operator)


def test_jobs_that_run_or_failed_are_told_to_their_owner(cast: Cast) -> None:
    for state in (JobState.FAILED, JobState.DONE):
        Job.objects.create(kind=f"viec.{state}", state=state, created_by=cast.officer)
    page = page_of(cast.officer)
    assert "viec.failed" in page
    assert "viec.done" not in page
    assert "viec.failed" not in page_of(cast.planner)


def test_an_unknown_lack_is_no_page(cast: Cast, client: Client) -> None:
    make_mast(grade=Grade.D)
    client.force_login(cast.officer)
    assert client.get(reverse("sites:mast_lacking", args=["khac"])).status_code == 404
