"""Who tampers as the owner of the database is found by the chain, in a sentence."""

import hashlib
from io import StringIO
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.cases.documents import services
from infra.models import Attachment, ChainLink, Document, TransitionRecord
from infra.work.seals.chain import Head, faults, head, link_hash
from sites.models import Inspection, Measurement
from tests.cast import Cast
from tests.seals import things
from tests.seals.aside import seals_aside
from tests.seals.test_holes import run
from tests.undergrounding.route_steps import approved
from undergrounding.models import CommitteeDecision

pytestmark = [pytest.mark.django_db, pytest.mark.owner]


@pytest.fixture
def sealed(cast: Cast) -> list[ChainLink]:
    """Links over the steps of a document and a route, their papers, a ruling and a visit."""
    things.issued(cast)
    approved(cast)
    things.visit(cast)
    return _commit()


def _commit() -> list[ChainLink]:
    """What the commit does: deferred triggers run."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    return list(ChainLink.objects.all())


def _link(links: list[ChainLink], model: Any) -> ChainLink:
    return next(link for link in links if link.table == model._meta.db_table)


def _verify(*options: str) -> str:
    """What the command says, its complaints included."""
    said, complaints = StringIO(), StringIO()
    try:
        call_command("verify_chain", *options, stdout=said, stderr=complaints)
    except CommandError as error:
        return f"{complaints.getvalue()}{error}"
    return said.getvalue()


def test_every_step_paper_ruling_and_visit_is_a_link(sealed: list[ChainLink]) -> None:
    tables = [link.table for link in sealed]
    assert [link.seq for link in sealed] == list(range(1, len(sealed) + 1))
    assert tables.count("infra_transitionrecord") == TransitionRecord.objects.count()
    assert tables.count("infra_document") == Document.objects.filter(state="issued").count() == 2
    assert tables.count("undergrounding_committeedecision") == 1
    assert tables.count("sites_inspection") == 1
    assert [link.previous for link in sealed] == ["0" * 64, *(link.hash for link in sealed[:-1])]
    assert all(link.hash == link_hash(link) for link in sealed)


def test_a_whole_chain_is_said_to_be_whole_with_its_head(sealed: list[ChainLink]) -> None:
    last = sealed[-1]
    assert list(faults()) == []
    assert _verify() == (
        f"Chuỗi niêm phong nguyên vẹn: {last.seq} mắt xích, đầu chuỗi {last.seq}:{last.hash}.\n"
    )


CHANGES: list[tuple[Any, str, str]] = [
    (TransitionRecord, "reason = 'Lý do khác'", "“reason” trước là trống, nay là “Lý do khác”"),
    (TransitionRecord, "actor_name = 'Người khác'", "nay là “Người khác”"),
    (TransitionRecord, "evidence = '{}'", "“evidence” trước là"),
    (TransitionRecord, "at = at + interval '1 day'", "“at” trước là"),
    (Document, "subject = 'Khác'", "“subject” trước là “Phê duyệt tuyến”, nay là “Khác”"),
    (Document, "number = '46'", "“number” trước là “45”, nay là “46”"),
    (Document, "context = '{}'", "“context” trước là"),
    (CommitteeDecision, "outcome = 'not_approved'", "nay là “not_approved”"),
    (CommitteeDecision, "geometry = ST_Reverse(geometry)", "“geometry” trước là"),
    (Inspection, "visited_at = visited_at - interval '1 day'", "“visited_at” trước là"),
    (Inspection, "point = NULL, note = 'Khác'", "“note” trước là trống, nay là “Khác”"),
]


@pytest.mark.parametrize(("model", "change", "words"), CHANGES)
def test_a_changed_record_is_named_with_what_it_was(
    sealed: list[ChainLink], model: Any, change: str, words: str
) -> None:
    link = _link(sealed, model)
    with seals_aside(model):
        run(f"UPDATE {link.table} SET {change} WHERE id = %s", link.row_id)
    said = _verify()
    assert words in said
    assert f"(#{link.row_id})" in said
    assert f"mắt xích {link.seq}" in said
    assert "Chuỗi niêm phong không nguyên vẹn" in said


def test_a_step_is_named_as_people_name_it(sealed: list[ChainLink], cast: Cast) -> None:
    with seals_aside(TransitionRecord):
        run("UPDATE infra_transitionrecord SET reason = 'x' WHERE transition = 'sign'")
    said = _verify()
    assert f"bước “Ký” của văn bản “Phê duyệt tuyến” do {cast.leader.full_name} thực hiện" in said


def test_the_bytes_of_an_issued_file_belong_to_the_chain(sealed: list[ChainLink]) -> None:
    with seals_aside(Attachment):
        run("UPDATE infra_attachment SET sha256 = repeat('0', 64) WHERE name = 'da-ky.pdf'")
    assert "“signed_file_sha256” trước là" in _verify()


@pytest.mark.parametrize("model", [TransitionRecord, Document, CommitteeDecision])
def test_a_removed_record_is_named(sealed: list[ChainLink], model: Any) -> None:
    link = _link(sealed, model)
    with seals_aside(model):
        run(f"DELETE FROM {link.table} WHERE id = %s", link.row_id)
    said = _verify()
    assert "Đã bị xóa: " in said
    assert f"(#{link.row_id})" in said


def test_a_finding_added_to_a_visit_is_named(sealed: list[ChainLink]) -> None:
    link = _link(sealed, Inspection)
    with seals_aside(Measurement):
        run(
            "INSERT INTO sites_measurement (inspection_id, quantity, value, unit, instrument)"
            " VALUES (%s, 'plumb', 1, 'mm', '')",
            link.row_id,
        )
    assert "“measurements” trước là" in _verify()


COPY = """
INSERT INTO infra_transitionrecord (workflow, target_type_id, target_id, transition, from_state,
    to_state, version, actor_id, actor_name, reason, evidence, at)
SELECT workflow, target_type_id, target_id, transition, from_state, to_state, version, actor_id,
    actor_name, 'Thêm sau', evidence, at - interval '3 days'
FROM infra_transitionrecord ORDER BY id LIMIT 1
"""


def test_a_record_slipped_past_the_chain_is_named(sealed: list[ChainLink]) -> None:
    with seals_aside(TransitionRecord):
        run(COPY)
    assert "Thêm ngoài chuỗi, không có mắt xích: " in _verify()


def test_a_record_dated_back_is_named(sealed: list[ChainLink]) -> None:
    run(COPY)
    _commit()
    assert "Thêm sai thứ tự: " in _verify()


def test_a_removed_link_is_named(sealed: list[ChainLink]) -> None:
    with seals_aside(ChainLink):
        run("DELETE FROM infra_chainlink WHERE seq IN (2, 3)")
    assert "Các mắt xích từ 2 đến 3 đã bị gỡ khỏi chuỗi." in _verify()


def test_a_chain_cut_off_at_its_end_shows_by_the_records_left_and_the_noted_head(
    sealed: list[ChainLink],
) -> None:
    noted = str(head())
    with seals_aside(ChainLink, TransitionRecord, Inspection):
        run("DELETE FROM infra_chainlink WHERE seq = %s", sealed[-1].seq)
    assert "không có mắt xích" in _verify()
    assert "không còn mắt xích" in _verify("--head", noted)


def test_a_chain_written_anew_from_a_point_shows_by_the_noted_head(
    sealed: list[ChainLink],
) -> None:
    noted = str(head())
    _forge(sealed, sealed[0])
    assert list(faults()) == []  # the forger was careful: within itself the chain is whole
    assert "đã bị cắt hoặc viết lại" in _verify("--head", noted)


def _forge(links: list[ChainLink], first: ChainLink) -> None:
    """As who owns the database and knows the formula: the record, its link and all after it."""
    with seals_aside(ChainLink, TransitionRecord):
        run("UPDATE infra_transitionrecord SET reason = 'Khác' WHERE id = %s", first.row_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT tt_payload(%s, %s)::text", [first.table, first.row_id])
            first.payload = cursor.fetchone()[0]
        first.payload_sha256 = hashlib.sha256(first.payload.encode()).hexdigest()
        previous = first.previous
        for link in links:
            link.previous = previous
            previous = link.hash = link_hash(link)
            link.save()


def test_a_head_that_cannot_be_read_is_refused_in_a_sentence() -> None:
    assert "manifest.json" in _verify("--head", "12")
    with pytest.raises(ValueError, match="12"):
        Head.read("12")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_changed_in_a_link_is_found(sealed: list[ChainLink], data: Any) -> None:
    link = data.draw(st.sampled_from(sealed))
    changes = {
        "payload": "payload = replace(payload, '\"id\":', '\"id\" :')",
        "no payload": "payload = 'rác'",
        "previous": "previous = md5(previous)",
        "hash": "hash = translate(hash, '0123456789', '1234567890')",
        "at": "at = at + interval '1 microsecond'",
        "row_id": "row_id = row_id + 1000",
        "table": "\"table\" = 'infra_document'",
        "no table": "\"table\" = 'khong_co'",
        "seq": "seq = seq + 1000",
    }
    field = data.draw(st.sampled_from(sorted(changes)))
    taken = {(other.table, other.row_id) for other in sealed}
    if field == "table" and ("infra_document", link.row_id) in taken:
        field = "hash"  # the database itself refuses a second link of one record
    sid = transaction.savepoint()
    with seals_aside(ChainLink):
        run(f"UPDATE infra_chainlink SET {changes[field]} WHERE seq = %s", link.seq)
    assert list(faults())
    transaction.savepoint_rollback(sid)
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain(cast: Cast) -> None:
    documents = [things.drafted(cast) for _number in range(4)]
    start = Barrier(4)

    def freeze(document: Document) -> None:
        start.wait()
        services.freeze_for_signature(document, actor=cast.head, version=document.version)
        connection.close()

    threads = [Thread(target=freeze, args=[document]) for document in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ChainLink.objects.count() == TransitionRecord.objects.count() == 4
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_who_is_still_at_work_keeps_nobody_waiting(cast: Cast) -> None:
    slow, quick = things.drafted(cast), things.drafted(cast)
    done: list[str] = []

    def other() -> None:
        services.freeze_for_signature(quick, actor=cast.head, version=quick.version)
        done.append("quick")
        connection.close()

    with transaction.atomic():
        services.freeze_for_signature(slow, actor=cast.head, version=slow.version)
        thread = Thread(target=other)
        thread.start()
        thread.join(timeout=30)
        assert done == ["quick"]
    assert list(faults()) == []
