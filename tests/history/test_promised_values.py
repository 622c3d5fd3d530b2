"""What forms promise the database holds: the same rows, written by raw SQL, are refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from infra.ground.choices import ConstraintKind, Role, UnitLevel
from infra.models import (
    AdministrativeUnit,
    CalendarDay,
    ClockPause,
    Comment,
    ConstraintDataset,
    ConstraintFeature,
    Consultation,
    Document,
    Job,
    RegulationLimit,
)
from sites.models import Antenna, Lease, StructuralAssessment
from tests.factories import (
    make_candidate,
    make_cost_rate,
    make_dossier,
    make_mast,
    make_organisation,
    make_procedure,
    make_route,
    make_station,
    make_user,
)
from tests.seals.aside import seals_aside
from undergrounding.models import PlanFigure, Route, Scheme, Segment

pytestmark = pytest.mark.django_db

NOWHERE = "ST_SetSRID(ST_MakePoint(1e6, 2e6), 4326)"
EMPTY = "ST_GeomFromText('POINT EMPTY', 4326)"
BOW_TIE = "ST_GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))', 4326)"
SPOT = "ST_GeomFromText('LINESTRING(105 10, 105 10)', 4326)"
NO_LINE = "ST_GeomFromText('LINESTRING EMPTY', 4326)"


def dossier() -> Any:
    return make_dossier(make_organisation("Viettel"), make_user(Role.OPERATOR))


def segment() -> Any:
    route = make_route(make_user(Role.PLANNER))
    return Segment.objects.create(
        route=route, order=1, start_vertex=0, end_vertex=1, geometry=route.geometry, length_m=200
    )


def scheme() -> Any:
    return Scheme.objects.create(
        code="kh", name="KH", instrument="KH", starts_on="2020-01-01", ends_on="2025-01-01"
    )


def figure() -> Any:
    return PlanFigure.objects.create(
        scheme=scheme(),
        phase="1",
        from_year=2021,
        to_year=2025,
        route_count=1,
        length_km=1,
        source="KH",
        confidence="illustrative",
    )


def unit() -> Any:
    return AdministrativeUnit.objects.create(
        code="87",
        name="Đồng Tháp",
        kind_name="Tỉnh",
        level=UnitLevel.PROVINCE,
        valid_from="2025-07-01",
    )


def feature() -> Any:
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.SCHOOL, version=1, source="minh họa", source_date="2026-01-01"
    )
    return ConstraintFeature.objects.create(
        dataset=dataset, kind=dataset.kind, geometry=make_mast().point
    )


def limit() -> Any:
    return RegulationLimit.objects.create(
        code="x",
        value=1,
        unit="m",
        label="x",
        instrument="x",
        confidence="illustrative",
        valid_from="2026-01-01",
    )


def comment() -> Any:
    return Comment.objects.create(target=dossier(), author=make_user(Role.OFFICER), body="x")


def consultation() -> Any:
    return Consultation.objects.create(
        dossier=dossier(),
        body=make_organisation("xa"),
        question="?",
        asked_by=make_user(Role.OFFICER),
        due_on="2026-12-01",
    )


def pause() -> Any:
    return ClockPause.objects.create(dossier=dossier(), paused_at=timezone.now(), reason="x")


def document() -> Any:
    return Document.objects.create(target=dossier(), type="reply_letter", subject="x")


def antenna() -> Any:
    return Antenna.objects.create(station=make_station(make_mast(), make_organisation("Viettel")))


def lease() -> Any:
    return Lease.objects.create(mast=make_mast(), landlord_name="A", starts_on="2026-01-01")


def assessment() -> Any:
    return StructuralAssessment.objects.create(
        mast=make_mast(), body="x", standard="x", conclusion="safe", assessed_on="2026-01-01"
    )


CASES: list[tuple[Callable[[], Any], str]] = [
    (make_mast, "grade = 'E'"),
    (make_mast, "mast_class = 'Z9'"),
    (make_mast, "structure = 'wooden'"),
    (make_mast, "operating_status = 'asleep'"),
    (make_mast, "publicity = 'secret'"),
    (make_mast, "height_m = -1"),
    (make_mast, "location_accuracy_m = -0.5"),
    (make_mast, f"point = {NOWHERE}"),
    (make_mast, f"point = {EMPTY}"),
    (lambda: make_station(make_mast(), make_organisation("V")), "technologies = '{6G}'"),
    (antenna, "azimuth_deg = 361"),
    (antenna, "eirp_w = -1"),
    (lease, "ends_on = '2025-12-31'"),
    (lease, "unpaid_vnd = -1"),
    (assessment, "valid_until = '2025-12-31'"),
    (assessment, "conclusion = 'maybe'"),
    (lambda: make_candidate(dossier()), "outcome = 'perhaps'"),
    (lambda: make_candidate(dossier()), "height_m = -3"),
    (lambda: make_candidate(dossier()), f"point = {NOWHERE}"),
    (dossier, "state = 'lost'"),
    (dossier, "channel = 99"),
    (consultation, "opinion = 'whatever'"),
    (pause, "resumed_at = paused_at - interval '1 second'"),
    (document, "type = 'poem'"),
    (document, "sign_mode = 'XX'"),
    (comment, "visibility = 'everybody'"),
    (comment, f"point = {NOWHERE}"),
    (lambda: Job.objects.create(kind="x"), "state = 'stuck'"),
    (lambda: CalendarDay.objects.create(date="2026-09-02", kind="off"), "kind = 'party'"),
    (limit, "valid_to = '2025-12-31'"),
    (limit, "confidence = 'certain'"),
    (make_procedure, "valid_to = '2019-12-31'"),
    (unit, "valid_to = '2025-06-30'"),
    (unit, "level = 7"),
    (unit, f"boundary = ST_Multi({BOW_TIE})"),
    (feature, f"geometry = {BOW_TIE}"),
    (feature, "kind = 'castle'"),
    (lambda: make_user(Role.OFFICER), "roles = '{king}'"),
    (make_organisation, "kind = 'club'"),
    (lambda: make_route(make_user(Role.PLANNER)), "state = 'dreamt'"),
    (lambda: make_route(make_user(Role.PLANNER)), f"geometry = {SPOT}"),
    (lambda: make_route(make_user(Role.PLANNER)), f"geometry = {NO_LINE}"),
    (segment, "end_vertex = start_vertex"),
    (segment, "length_m = -1"),
    (segment, "method = 'by_hand'"),
    (segment, f"geometry = {NO_LINE}"),
    (make_cost_rate, "vnd_per_m = -1"),
    (make_cost_rate, "valid_to = '2025-12-31'"),
    (scheme, "ends_on = '2019-01-01'"),
    (figure, "to_year = 2020"),
    (figure, "length_km = -1"),
]


@pytest.mark.parametrize(("make", "change"), CASES, ids=[change for _make, change in CASES])
def test_raw_sql_cannot_write_what_no_form_would(make: Callable[[], Any], change: str) -> None:
    row = make()
    table = row._meta.db_table
    # The seals aside: it is the table itself that refuses, whoever writes.
    with seals_aside(type(row)):
        refusal = pytest.raises(IntegrityError, match="check constraint")
        with refusal, transaction.atomic():
            run(f"UPDATE {table} SET {change} WHERE id = {row.pk}")  # noqa: S608


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_limit_that_ends_before_it_begins_is_refused_in_a_sentence() -> None:
    row = limit()
    row.valid_to = row.valid_from = timezone.localdate()
    row.full_clean()
    row.valid_to -= timedelta(days=1)
    with pytest.raises(ValidationError, match="kết thúc trước"):
        row.full_clean()


LISTS = [
    (model, check)
    for model in apps.get_models()
    for check in model._meta.constraints
    if isinstance(check, models.CheckConstraint) and check.name.endswith("_chosen")
]


@pytest.mark.parametrize(("model", "check"), LISTS, ids=[check.name for _model, check in LISTS])
def test_every_choice_that_a_model_offers_may_be_written(
    model: type[models.Model], check: models.CheckConstraint
) -> None:
    condition: Any = check.condition
    ((lookup, written),) = condition.children
    field: Any = model._meta.get_field(str(lookup).split("__", maxsplit=1)[0])
    offered = {value for value, _label in getattr(field, "base_field", field).flatchoices}
    may_be_blank = field.blank and isinstance(field, models.CharField)
    assert set(written) == offered | ({""} if may_be_blank else set())


def test_a_draft_may_cross_itself_and_a_submitted_line_may_not() -> None:
    route = make_route(make_user(Role.PLANNER))
    run(
        "UPDATE undergrounding_route SET geometry ="
        " ST_GeomFromText('LINESTRING(105 10, 105.1 10.1, 105.1 10, 105 10.1)', 4326)"
    )
    with pytest.raises(IntegrityError, match="route_line_simple"), transaction.atomic():
        Route.objects.filter(pk=route.pk).update(state="with_head")
