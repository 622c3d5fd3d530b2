"""A register on its way in: dry check, mends, all or nothing, the same file twice."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps

from infra.exchange.services import NotNow, import_accept_mend, import_confirm, import_reread
from infra.ground.choices import ImportState, JobState
from infra.models import AdministrativeUnit, ColumnMemory, ImportRun, Organisation, User
from infra.places.geo.crs import to_vn2000
from infra.work.jobs.runner import execute
from infra.work.jobs.services import cancel, retry
from sites.models import Mast, Station
from tests.exchange.files import CAO_LANH, HEADER, checked, csv_file, start, worked, xlsx_file
from tests.factories import make_mast, make_user

MastEvent: Any = apps.get_model("sites", "MastEvent")

pytestmark = pytest.mark.django_db
Communes = dict[str, AdministrativeUnit]


def confirmed(run: ImportRun, actor: User) -> ImportRun:
    import_confirm(uuid=run.uuid, actor=actor)
    return worked(run)


def mended(run: ImportRun, actor: User, mend: str) -> ImportRun:
    import_accept_mend(uuid=run.uuid, actor=actor, mend=mend)
    return worked(run)


def issues(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(run.issues.values_list("row", "column", "code"))


def masts_file(*rows: Sequence[object]) -> bytes:
    return csv_file([HEADER, *rows])


def test_a_dry_check_writes_nothing_and_an_import_says_who_and_why(
    officer: User, communes: Communes
) -> None:
    run = checked(start(masts_file(CAO_LANH), officer), officer)
    assert (run.state, run.report["counts"]["masts_new"], issues(run)) == ("checked", 1, [])
    assert not Mast.objects.exists()
    run = confirmed(run, officer)
    assert run.state == ImportState.DONE
    mast = Mast.objects.get()
    assert (mast.code, mast.mast_class, float(mast.height_m or 0)) == ("CL-1", "A2b", 45.0)
    event = MastEvent.objects.get(pgh_obj=mast)
    assert event.pgh_context.metadata["user"] == officer.pk
    assert "cot.csv" in event.pgh_context.metadata["why"]


def test_errors_are_named_by_row_and_column_and_stop_the_import(
    officer: User, communes: Communes
) -> None:
    run = start(
        masts_file(
            CAO_LANH,
            ["", "Không mã", "Phường Cao Lãnh", "10,46", "105,63", "", ""],
            ["CL-3", "Sai số", "Phường Cao Lãnh", "abc", "105,63", "", ""],
            ["CL-4", "Sai cao", "Phường Cao Lãnh", "10,46", "105,63", "Z9", "cao"],
            ["CL-1", "Trùng", "Phường Cao Lãnh", "10,47", "105,63", "", ""],
        ),
        officer,
    )
    run = checked(run, officer)
    assert set(issues(run)) == {
        (3, "Mã cột", "missing_code"),
        (4, "Vĩ độ, Kinh độ", "bad_coordinate"),
        (5, "Loại cột", "bad_value"),
        (5, "Chiều cao (m)", "bad_value"),
        (6, "Mã cột", "duplicate_code"),
    }
    with pytest.raises(NotNow):
        import_confirm(uuid=run.uuid, actor=officer)
    assert not Mast.objects.exists()


def test_a_mend_is_applied_to_all_rows_with_one_act(officer: User, communes: Communes) -> None:
    bad = [[f"CL-{n}", "", "Phường Cao Lãnh", "10,46", "105,63", "Z9", "30"] for n in range(5)]
    run = checked(start(masts_file(*bad), officer), officer)
    assert run.report["errors"] == 5
    run = mended(run, officer, "leave-empty")
    assert run.report["errors"] == 0
    confirmed(run, officer)
    assert Mast.objects.filter(mast_class="", height_m=30).count() == 5


def test_exchanged_axes_are_told_and_mended(officer: User, communes: Communes) -> None:
    swapped = ["CL-1", "", "Phường Cao Lãnh", "105,6321", "10,4602", "", ""]
    run = checked(start(masts_file(swapped), officer), officer)
    assert issues(run) == [(2, "Vĩ độ, Kinh độ", "axes_swapped")]
    confirmed(mended(run, officer, "swap"), officer)
    assert Mast.objects.get().point.coords == (105.6321, 10.4602)


def plane_file(meridian: str) -> bytes:
    x, y = to_vn2000(105.6321, 10.4602, meridian)
    rows = [[f"CL-{n}", "Phường Cao Lãnh", f"{x + n:.3f}", f"{y:.3f}"] for n in range(4)]
    return csv_file([["Mã cột", "Xã/Phường", "X (m)", "Y (m)"], *rows])


def test_a_wrong_meridian_is_stopped_with_the_mend_offered(
    officer: User, communes: Communes
) -> None:
    run = start(plane_file("105-00"), officer)
    run = checked(run, officer, position_from="plane", meridian="105-45")
    assert {(i.code, i.mend) for i in run.issues.all()} == {("other_meridian", "meridian-105-00")}
    assert "105°00′" in run.issues.all()[0].sentence
    with pytest.raises(NotNow):
        import_confirm(uuid=run.uuid, actor=officer)
    confirmed(mended(run, officer, "meridian-105-00"), officer)
    points = [mast.point for mast in Mast.objects.all()]
    assert len(points) == 4
    assert all(abs(p.x - 105.6321) < 1e-4 and abs(p.y - 10.4602) < 1e-4 for p in points)


def test_plane_coordinates_without_a_meridian_are_not_even_checked(officer: User) -> None:
    run = start(plane_file("105-00"), officer)
    with pytest.raises(AssertionError, match="kinh tuyến trục"):
        checked(run, officer, position_from="plane")


def test_a_point_outside_its_declared_commune_waits_for_a_decision(
    officer: User, communes: Communes
) -> None:
    elsewhere = ["CL-1", "", "Phường Cao Lãnh", "10,36", "106,36", "", ""]
    run = checked(start(masts_file(elsewhere), officer), officer)
    assert [i.mend for i in run.issues.all()] == ["accept-position"]
    assert "Mỹ Tho" in run.issues.all()[0].sentence
    run = mended(run, officer, "accept-position")
    assert run.report["errors"] == 0


def test_the_same_file_again_changes_nothing(officer: User, communes: Communes) -> None:
    confirmed(checked(start(masts_file(CAO_LANH), officer), officer), officer)
    events = MastEvent.objects.count()
    run = checked(start(masts_file(CAO_LANH), officer), officer)
    assert run.report["counts"]["masts_same"] == 1
    assert run.report["changes_total"] == 0
    confirmed(run, officer)
    assert (Mast.objects.count(), MastEvent.objects.count()) == (1, events)


def test_a_known_code_is_updated_and_the_difference_shown_before(
    officer: User, communes: Communes
) -> None:
    make_mast(at=(105.6321, 10.4602), code="CL-1", name="Tên cũ", height_m=30, note="giữ lại")
    run = checked(start(masts_file(CAO_LANH), officer), officer)
    (change,) = run.report["changes"]
    assert change["outcome"] == "changed"
    assert ["Tên", "Tên cũ", "Cột chợ Cao Lãnh"] in [
        [label.capitalize(), was, now] for label, was, now in change["fields"]
    ]
    confirmed(run, officer)
    mast = Mast.objects.get()
    assert (mast.name, mast.note, mast.version) == ("Cột chợ Cao Lãnh", "giữ lại", 2)


def test_a_formula_cell_is_an_error_of_its_row(officer: User, communes: Communes) -> None:
    rows = [HEADER, [*CAO_LANH[:6], "=20+25"]]
    run = checked(start(xlsx_file(rows), officer, "cot.xlsx"), officer)
    assert issues(run) == [(2, "Chiều cao (m)", "formula")]


def test_several_operators_of_one_code_share_the_mast(
    officer: User, communes: Communes, operators: list[Organisation]
) -> None:
    rows = [
        [*HEADER, "Nhà mạng", "Mã BTS"],
        [*CAO_LANH, "Viettel", "VT1"],
        [*CAO_LANH, "VNPT", "VN1"],
    ]
    run = checked(start(csv_file(rows), officer), officer)
    assert run.report["counts"]["shared"] == 1
    confirmed(run, officer)
    mast = Mast.objects.get()
    assert sorted(mast.viewer_org_ids) == sorted(o.pk for o in operators[:2])
    assert Station.objects.filter(mast=mast).count() == 2


def test_masts_are_derived_from_sectors_of_two_operators(
    officer: User, operators: list[Organisation]
) -> None:
    header = ["ECellID", "CellName", "Longitude", "Latitude", "EARFCN", "Azimuth"]
    first = [[256000 + n, "Chợ", 105.6321, 10.4602, 1300, 120 * n] for n in range(3)]
    far = [[512000 + n, "Cầu", 105.6421, 10.4702, 1300, 120 * n] for n in range(3)]
    run = start(csv_file([header, *first, *far], delimiter=","), officer)
    assert run.options["rows_are"] == "sectors"
    run = checked(run, officer, operator="Viettel", allow_outside=True)
    counts = run.report["counts"]
    assert (counts["masts_new"], counts["stations_new"], counts["antennas"]) == (2, 2, 6)
    confirmed(run, officer)
    near = [[768000 + n, "Cho", 105.63215, 10.46025, 1300, 120 * n] for n in range(3)]
    run = start(csv_file([header, *near], delimiter=","), officer)
    run = checked(run, officer, operator="VNPT", allow_outside=True)
    assert (run.report["counts"]["masts_new"], run.report["counts"]["shared"]) == (0, 1)
    confirmed(run, officer)
    assert sorted(m.stations.count() for m in Mast.objects.all()) == [1, 2]


def test_columns_are_remembered_for_the_organisation(officer: User, communes: Communes) -> None:
    run = start(masts_file(CAO_LANH), officer)
    run.mapping.pop("height_m")
    checked(run, officer)
    assert ColumnMemory.objects.count() == 1
    again = start(masts_file([*CAO_LANH[:-1], "12"]), officer)
    assert "height_m" not in again.mapping


def test_an_operator_may_not_see_the_import_of_the_department(
    officer: User, communes: Communes, operators: list[Organisation]
) -> None:
    run = start(masts_file(CAO_LANH), officer)
    rival = make_user("operator", at=operators[0])
    assert not ImportRun.objects.visible_to(rival).filter(pk=run.pk).exists()


def test_an_old_job_tried_again_does_not_touch_an_import_that_went_on(
    officer: User, communes: Communes
) -> None:
    run = checked(start(masts_file(CAO_LANH), officer), officer)
    import_confirm(uuid=run.uuid, actor=officer)
    run.refresh_from_db()
    assert run.job
    old = run.job
    cancel(job_uuid=old.uuid, actor=officer)
    run.refresh_from_db()
    import_reread(run=run, wishes={})
    retry(job_uuid=old.uuid, actor=officer)
    run = worked(run)
    assert run.state == ImportState.MAPPING
    assert not Mast.objects.exists()


def test_an_old_check_tried_again_does_not_open_a_finished_import(
    officer: User, communes: Communes
) -> None:
    run = checked(start(masts_file(CAO_LANH), officer), officer)
    old = run.job
    assert old
    run = confirmed(run, officer)
    type(old).objects.filter(pk=old.pk).update(state=JobState.FAILED)
    retry(job_uuid=old.uuid, actor=officer)
    execute(str(old.uuid))
    run.refresh_from_db()
    assert run.state == ImportState.DONE
