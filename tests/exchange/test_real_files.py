"""Real public files beside the project; where they are absent, small ones of the same shape."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from infra.exchange.services import import_accept_mend, import_confirm
from infra.ground.loading import Stage, run_stage
from infra.models import AdministrativeUnit, Organisation, User
from infra.places.geo.crs import to_vn2000
from sites.models import Antenna, Mast, Station
from tests.exchange.files import checked, csv_file, start, worked, xlsx_file

pytestmark = pytest.mark.django_db
NETWORKS = {"23410": "Viettel", "23415": "VNPT", "23420": "MobiFone", "23430": "Vietnamobile"}
LETTERHEAD = [["UBND TỈNH ĐỒNG THÁP"], [], ["PHỤ LỤC"], []]
HEADER = ["STT", "Tên xã, phường, thị trấn", "Vĩ độ", "Kinh độ", "X (m) VN-2000", "Y (m) VN-2000"]


def sectors_of(shared_data: Path | None, network: str) -> bytes:
    """The sectors of one network: the real file, or two sites that all four share."""
    path = (shared_data or Path("/nowhere")) / f"2_towers/uk_nsg_{network}_eutra_cells.csv"
    if path.exists():
        return path.read_bytes()
    header = ["ECellID", "CellName", "Longitude", "Latitude", "PCI", "EARFCN", "Azimuth"]
    only_some = 2 if network in {"23410", "23415"} else 1
    rows = [
        [
            int(network) * 256_000 + 256 * site + n,
            f"Site {site}",
            -0.1 * site,
            51.0,
            n,
            1300,
            120 * n,
        ]
        for site in range(1, only_some + 1)
        for n in range(3)
    ]
    return csv_file([header, *rows], delimiter=",")


def test_masts_of_four_sharing_operators_are_derived_from_their_sectors(
    shared_data: Path | None, officer: User, operators: list[Organisation]
) -> None:
    sectors = 0
    for network, operator in NETWORKS.items():
        run = start(sectors_of(shared_data, network), officer, f"{network}.csv")
        run = checked(run, officer, operator=operator, allow_outside=True)
        assert run.report["errors"] == 0
        sectors += run.report["counts"]["rows"]
        import_confirm(uuid=run.uuid, actor=officer)
        assert worked(run).state == "done"
    assert sectors == Antenna.objects.count()
    shared = Mast.objects.annotate(n=Count("stations__operator", distinct=True))
    by_operators = Counter(shared.values_list("n", flat=True))
    assert by_operators[4] >= 1
    assert by_operators[2] >= 1
    assert Mast.objects.count() < Station.objects.count() < sectors
    again = start(sectors_of(shared_data, "23410"), officer)
    again = checked(again, officer, operator="Viettel", allow_outside=True)
    counts = again.report["counts"]
    assert (counts["masts_new"], counts["stations_new"], counts["stations_changed"]) == (0, 0, 0)


def register_in_five_notations(shared_data: Path | None) -> bytes:
    """The real register with its boundaries loaded, or twenty points in the test's commune."""
    data = shared_data or Path("/nowhere")
    path = data / "7_derived/legacy_communes_vn_headers_mixed_dms.xlsx"
    if path.exists():
        run_stage(Stage.REFERENCE, lambda line: None)
        call_command("load_boundaries", data / "1_admin/dongthap_2025_wards.geojson")
        return path.read_bytes()
    notations = [
        ("10°27'36.7\"N", "105°37'55.6\"E"),
        ("10° 27’ 36,72” N", "105° 37’ 55,56” E"),
        ("N10 27 36.72", "E105 37 55.56"),
        ("10º27′36.7″N", "105º37′55.6″E"),
        ("10,4602", "105,6321"),
    ]
    x, y = to_vn2000(105.6321, 10.4602, "105-00")
    rows = [[n, "Phường Cao Lãnh", *notations[n % 5], x, y] for n in range(20)]
    return xlsx_file([*LETTERHEAD, HEADER, *rows])


@pytest.mark.owner  # the application deletes no unit
def test_the_register_in_five_notations_is_read_and_a_wrong_meridian_stopped(
    shared_data: Path | None, officer: User, communes: dict[str, AdministrativeUnit]
) -> None:
    if shared_data:
        AdministrativeUnit.objects.all().delete()
    run = start(register_in_five_notations(shared_data), officer, "danh-muc.xlsx")
    assert run.head["header_row"] == 5
    run = checked(run, officer)
    rows = run.report["counts"]["rows"]
    assert rows >= 20
    assert not run.issues.filter(code="bad_coordinate").exists()
    assert run.report["errors"] <= rows / 100  # points that the source puts into another town
    run = checked(run, officer, position_from="plane", meridian="105-45")
    assert run.issues.filter(mend="meridian-105-00").count() > rows * 0.9
    import_accept_mend(uuid=run.uuid, actor=officer, mend="meridian-105-00")
    assert worked(run).report["errors"] < rows * 0.05
