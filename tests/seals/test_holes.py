"""What is sealed stays as it is, whatever SQL says; every hole here once stood open."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from infra.cases.documents import services
from infra.cases.dossiers.comments import comment_add
from infra.cases.workflow.engine import fire
from infra.ground.choices import DocumentState
from infra.models import Comment, Consultation, Document, Dossier, TransitionRecord
from infra.work.history import because, written_by
from sites.models import InspectionResult, Mast, Measurement, Screening
from tests.cast import Cast
from tests.factories import make_candidate, make_dossier, make_mast
from tests.seals import things
from tests.seals.aside import seals_aside
from tests.undergrounding.drawing_samples import make_route
from tests.undergrounding.route_steps import approved
from undergrounding.models import CommitteeDecision, Route, Segment

pytestmark = [pytest.mark.django_db, pytest.mark.owner]


def run(sql: str, *values: Any) -> int:
    """How many rows the statement touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def refused(sql: str, *values: Any) -> None:
    """The database refuses it, by a seal (history has one of its own) and not by another rule."""
    with pytest.raises(DatabaseError, match=r"sealed|Cannot update or delete rows from \w+event"):
        run(sql, *values)


def committed(sql: str, *values: Any) -> None:
    """The statement, and what its commit would judge."""
    with transaction.atomic():
        run(sql, *values)
        run("SET CONSTRAINTS ALL IMMEDIATE")


def table(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


CONTENT = {
    "subject": "'Nội dung khác'",
    "context": '\'{"opening": ["Khác"]}\'',
    "content_hash": "repeat('0', 64)",
    "template": "'reply_letter'",
    "draft_file_id": "NULL",
    "type": "'order'",
    "target_id": "target_id + 1",
    "uuid": "gen_random_uuid()",
}
SIGNATURE = {
    "signer_id": "(SELECT min(id) FROM infra_user)",
    "signing_title": "'Giám đốc'",
    "signed_at": "now()",
    "sign_mode": "'TM'",
}


@pytest.mark.parametrize("stage", [things.frozen, things.signed, things.issued])
def test_words_and_signature_of_a_frozen_document_stay(
    cast: Cast, stage: Callable[[Cast], Document]
) -> None:
    document = stage(cast)
    for column, value in (CONTENT | SIGNATURE).items():
        refused(f"UPDATE infra_document SET {column} = {value} WHERE id = %s", document.pk)


def test_number_and_date_of_an_issued_document_stay(cast: Cast) -> None:
    document = things.issued(cast)
    for change in ("number = '46'", "symbol = 'X'", "issued_on = issued_on - 1"):
        refused(f"UPDATE infra_document SET {change} WHERE id = %s", document.pk)


def test_a_number_is_given_by_the_step_alone(cast: Cast) -> None:
    refused("UPDATE infra_document SET number = '7' WHERE id = %s", things.signed(cast).pk)


@pytest.mark.parametrize("state", ["signed", "issued", "withdrawn"])
def test_states_of_a_document_follow_the_table(cast: Cast, state: str) -> None:
    document = things.drafted(cast)
    refused("UPDATE infra_document SET state = %s WHERE id = %s", state, document.pk)


def test_a_document_moves_with_a_record_of_the_step_only(cast: Cast) -> None:
    document = things.frozen(cast)
    thaw = "UPDATE infra_document SET state = 'draft', version = version + 1 WHERE id = %s"
    with pytest.raises(DatabaseError, match="without the record of a step"):
        committed(thaw, document.pk)


def test_dossiers_and_routes_move_with_a_record_of_the_step_only(cast: Cast) -> None:
    dossier = screened(cast, "with_leader").candidate.dossier
    route = make_route(cast.planner)
    moved = (("infra_dossier", dossier, "signed"), ("undergrounding_route", route, "approved"))
    for name, row, state in moved:
        with pytest.raises(DatabaseError, match="without the record of a step"):
            committed(f"UPDATE {name} SET state = '{state}' WHERE id = %s", row.pk)


def test_a_document_is_deleted_as_a_draft_only(cast: Cast) -> None:
    refused("DELETE FROM infra_document WHERE id = %s", things.frozen(cast).pk)
    assert run("DELETE FROM infra_document WHERE id = %s", things.drafted(cast).pk) == 1


def test_a_document_sent_back_can_be_written_anew_and_signed(cast: Cast) -> None:
    document = things.frozen(cast)
    fire(
        workflow="document",
        target=document,
        transition="thaw",
        actor=cast.head,
        version=document.version,
        reason="Sửa câu chữ",
    )
    assert (document.state, document.content_hash) == (DocumentState.DRAFT, "")
    document.subject = "Câu chữ mới"
    document.save()
    services.freeze_for_signature(document, actor=cast.head, version=document.version)
    assert document.state == DocumentState.FOR_SIGNATURE
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_files_of_an_issued_document_stay(cast: Cast) -> None:
    document = things.issued(cast)
    for file in (document.draft_file, document.signed_file):
        assert file
        for change in (
            "sha256 = repeat('0', 64)",
            "size = 1",
            "name = 'x.pdf'",
            "is_internal = true",
        ):
            refused(f"UPDATE infra_attachment SET {change} WHERE id = %s", file.pk)
        refused("DELETE FROM infra_attachment WHERE id = %s", file.pk)


def test_no_file_takes_other_bytes_under_its_name(cast: Cast) -> None:
    document = things.frozen(cast)
    assert document.draft_file
    sql = "UPDATE infra_attachment SET sha256 = repeat('0', 64) WHERE id = %s"
    refused(sql, document.draft_file.pk)


def test_who_and_why_are_not_rewritten(cast: Cast) -> None:
    with written_by(cast.officer, why="Đo lại", door="page"):
        make_mast()
    refused("""UPDATE pghistory_context SET metadata = '{"why": "khác"}'""")
    refused("DELETE FROM pghistory_context")


def test_a_reason_given_later_does_not_rewrite_the_earlier_one(cast: Cast) -> None:
    with written_by(cast.officer, why="Lý do một", door="page"):
        first = make_mast()
        because("Lý do hai")
        second = make_mast()
    told = [
        Mast.pgh_event_models["insert"].objects.get(pgh_obj=mast).pgh_context.metadata["why"]  # type: ignore[attr-defined]
        for mast in (first, second)
    ]
    assert told == ["Lý do một", "Lý do hai"]


def test_history_itself_is_never_changed(cast: Cast) -> None:
    make_mast()
    refused("UPDATE sites_mastevent SET name = 'khác'")
    refused("DELETE FROM sites_mastevent")


IGNORE_ALL = """
SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), true)
"""


def test_no_setting_puts_a_seal_to_sleep(cast: Cast) -> None:
    route = approved(cast)
    run(IGNORE_ALL)
    refused("UPDATE infra_transitionrecord SET reason = 'khác'")
    refused("UPDATE undergrounding_committeedecision SET number = 'khác'")
    refused("UPDATE infra_document SET subject = 'khác' WHERE state = 'issued'")
    refused("DELETE FROM infra_transitionrecord WHERE target_id = %s", route.pk)


def test_no_setting_puts_history_to_sleep(cast: Cast) -> None:
    mast = make_mast()
    events = Mast.pgh_event_models["update"].objects.filter(pgh_obj=mast)  # type: ignore[attr-defined]
    before = events.count()
    run(IGNORE_ALL)
    run("UPDATE sites_mast SET name = 'khác' WHERE id = %s", mast.pk)
    assert events.count() == before + 1


@pytest.mark.parametrize(
    "name",
    [
        "infra_transitionrecord",
        "infra_document",
        "infra_comment",
        "infra_attachment",
        "infra_dossier",
        "infra_chainlink",
        "undergrounding_committeedecision",
        "undergrounding_route",
        "sites_inspectionresult",
        "sites_measurement",
        "sites_screening",
        "sites_mastevent",
        "undergrounding_routeevent",
        "pghistory_context",
        "infra_constraintdataset",
        "infra_constraintfeature",
    ],
)
def test_nothing_sealed_is_truncated(db: None, name: str) -> None:
    refused(f"TRUNCATE {name} CASCADE")


LINE = "ST_SetSRID('LINESTRING(105.6 10.4, 105.7 10.5)'::geometry, 4326)"


def test_a_decided_route_keeps_its_line(cast: Cast) -> None:
    route = approved(cast)
    for change in (f"geometry = {LINE}", "street = 'khác'", "planned_year = 2031"):
        refused(f"UPDATE undergrounding_route SET {change} WHERE id = %s", route.pk)
    refused("DELETE FROM undergrounding_route WHERE id = %s", route.pk)


def test_a_decided_route_taken_back_by_sql_keeps_its_line_all_the_same(cast: Cast) -> None:
    route = approved(cast)
    with seals_aside(Route):
        Route.objects.filter(pk=route.pk).update(state="draft")
    refused(f"UPDATE undergrounding_route SET geometry = {LINE} WHERE id = %s", route.pk)


def test_the_segments_of_a_decided_route_stay(cast: Cast) -> None:
    route = approved(cast)
    assert Segment.objects.filter(route=route).exists()
    refused("UPDATE undergrounding_segment SET method = 'tidy' WHERE route_id = %s", route.pk)
    refused("DELETE FROM undergrounding_segment WHERE route_id = %s", route.pk)
    draft = make_route(cast.planner, name="Tuyến khác")
    moved = 'UPDATE undergrounding_segment SET route_id = %s, "order" = 99 WHERE route_id = %s'
    refused(moved, route.pk, draft.pk)


def test_a_draft_route_is_drawn_on(cast: Cast) -> None:
    route = make_route(cast.planner)
    assert run(f"UPDATE undergrounding_route SET geometry = {LINE} WHERE id = %s", route.pk) == 1
    assert run("DELETE FROM undergrounding_segment WHERE route_id = %s", route.pk)
    assert Route.objects.filter(pk=route.pk).exists()


@pytest.mark.parametrize("model", [InspectionResult, Measurement])
def test_what_a_visit_found_stays(cast: Cast, model: type[models.Model]) -> None:
    visit = things.visit(cast)
    column = "severity = 1" if model is InspectionResult else "value = 1"
    refused(f"UPDATE {table(model)} SET {column} WHERE inspection_id = %s", visit.pk)
    refused(f"DELETE FROM {table(model)} WHERE inspection_id = %s", visit.pk)


def test_a_visit_itself_stays(cast: Cast) -> None:
    visit = things.visit(cast)
    for change in ("visited_at = now()", "content_sha256 = 'x'", "note = 'khác'", "kind = 'check'"):
        refused(f"UPDATE sites_inspection SET {change} WHERE id = %s", visit.pk)
    refused("DELETE FROM sites_inspection WHERE id = %s", visit.pk)


@pytest.mark.django_db(transaction=True)
def test_no_finding_is_slipped_into_a_recorded_visit(cast: Cast) -> None:
    with transaction.atomic():
        visit = things.visit(cast)
    copy = (
        "INSERT INTO sites_measurement (inspection_id, quantity, value, unit, instrument)"
        " VALUES (%s, 'plumb', 1, 'mm', '')"
    )
    refused(copy, visit.pk)
    assert visit.measurements.count() == 1


def screened(cast: Cast, state: str) -> Screening:
    assert cast.operator.organisation
    dossier = make_dossier(cast.operator.organisation, cast.operator, state=state)
    candidate = make_candidate(dossier)
    return Screening.objects.create(candidate=candidate, candidate_version=1, as_of="2026-11-01")


def test_what_a_screening_said_stays(cast: Cast) -> None:
    row = screened(cast, "appraising")
    refused("UPDATE sites_screening SET findings = '[]', scope = 'x' WHERE id = %s", row.pk)
    refused("DELETE FROM sites_screening WHERE id = %s", row.pk)


def test_a_draft_goes_with_its_screenings_and_they_stay_in_history(cast: Cast) -> None:
    row = screened(cast, "draft")
    row.candidate.dossier.delete()
    assert not Screening.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sites_screeningevent WHERE pgh_obj_id = %s", [row.pk])
        assert cursor.fetchone() == (1,)


def test_the_result_of_an_issued_dossier_stays(cast: Cast) -> None:
    candidate = screened(cast, "issued").candidate
    for change in ("outcome = 'agreed'", "height_m = 99", "uuid = gen_random_uuid()"):
        refused(f"UPDATE sites_candidatelocation SET {change} WHERE id = %s", candidate.pk)
    refused("DELETE FROM sites_candidatelocation WHERE id = %s", candidate.pk)


def test_a_submitted_dossier_keeps_who_asked_and_its_code(cast: Cast) -> None:
    dossier = screened(cast, "appraising").candidate.dossier
    for change in ("code = 'HS-1'", "submitted_at = now()", "uuid = gen_random_uuid()"):
        refused(f"UPDATE infra_dossier SET {change} WHERE id = %s", dossier.pk)
    refused("DELETE FROM infra_dossier WHERE id = %s", dossier.pk)


def consulted(cast: Cast, **answer: Any) -> int:
    dossier = screened(cast, "appraising").candidate.dossier
    body = cast.consulted.organisation
    assert body
    row = Consultation.objects.create(
        dossier=dossier,
        body=body,
        question="Có ý kiến gì?",
        asked_by=cast.officer,
        due_on="2026-12-01",
    )
    if answer:
        row.opinion, row.answer = "agree", answer["answer"]
        row.answered_by, row.answered_at = cast.consulted, timezone.now()
        row.save()
    return row.pk


def test_an_opinion_stays_as_given(cast: Cast) -> None:
    asked = consulted(cast)
    refused("UPDATE infra_consultation SET question = 'khác' WHERE id = %s", asked)
    refused("DELETE FROM infra_consultation WHERE id = %s", asked)


def test_an_answer_is_given_once(cast: Cast) -> None:
    answered = consulted(cast, answer="Thống nhất")
    refused("UPDATE infra_consultation SET answer = 'Không' WHERE id = %s", answered)


def test_a_comment_stays_as_written(cast: Cast) -> None:
    dossier: Dossier = screened(cast, "appraising").candidate.dossier
    comment = comment_add(
        dossier, body="Đề nghị xem lại", actor=cast.officer, version=dossier.version
    )
    refused("UPDATE infra_comment SET body = 'khác' WHERE id = %s", comment.pk)
    refused("DELETE FROM infra_comment WHERE id = %s", comment.pk)
    assert Comment.objects.get().body == "Đề nghị xem lại"


def test_records_and_decisions_stay(cast: Cast) -> None:
    approved(cast)
    for name in (table(TransitionRecord), table(CommitteeDecision)):
        refused(f"UPDATE {name} SET id = id")
        refused(f"DELETE FROM {name}")
