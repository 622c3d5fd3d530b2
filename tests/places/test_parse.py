"""Whatever way a coordinate is written, it is read as what was meant or refused in a sentence."""

import csv
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from django.contrib.gis.geos import Point
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from infra.places.geo.crs import to_wgs84
from infra.places.geo.errors import (
    CoordinateError,
    EmptyCoordinateError,
    MeridianMissingError,
    MixedSystemsError,
    OutOfRangeError,
    UnreadableCoordinateError,
    WrongCountError,
)
from infra.places.geo.measure import distance_m
from infra.places.geo.parse import parse_columns, parse_coordinate
from infra.places.geo.reading import Order, Reading, System

CAO_LANH = (10.4602, 105.6321)
CAO_LANH_X, CAO_LANH_Y = 1156822.472, 569001.844

DEGREES = [
    "10.4602, 105.6321",
    "10.4602,105.6321",
    "105.6321 10.4602",
    "10,4602 105,6321",
    "10,4602, 105,6321",
    "10,4602,105,6321",
    "10,4602; 105,6321;",
    "10.4602\n105.6321,",
    "(10.4602, 105.6321)",
    "Tọa độ: 10.4602 - 105.6321",
    "10.4602° N, 105.6321° E",
    "10.4602°B 105.6321°Đ",
    "N10.4602 E105.6321",
    "Vĩ độ: 10,4602; Kinh độ: 105,6321",
    "Kinh độ 105.6321 Vĩ độ 10.4602",
    "Lat 10.4602 Long 105.6321",
    "WGS84: 10.4602 105.6321",
    "POINT(105.6321 10.4602)",
    "SRID=4326;POINT Z (105.6321 10.4602 3)",
    '{"type": "Point", "coordinates": [105.6321, 10.4602]}',
    '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [105.6321, 10.4602, 2]}}',
    "geo:10.4602,105.6321",
    "https://www.google.com/maps/@10.4602,105.6321,17z",
    "https://maps.google.com/?q=10.4602,105.6321",
    "https://www.google.com/maps/place/X/@10.4,105.6,17z/data=!8m2!3d10.4602!4d105.6321",
    "https://www.openstreetmap.org/?mlat=10.4602&mlon=105.6321#map=16/10.46/105.63",
    "https://www.openstreetmap.org/#map=16/10.4602/105.6321",
]
SEXAGESIMAL = [
    """10°27'36,7" B; 105°37'55,6" Đ""",
    "10°27′36.7″N 105°37′55.6″E",
    """10°27'36.7"N,105°37'55.6"E""",
    "10°27’36.7’’N 105°37’55.6’’E",
    "10° 27’ 36,70” N 105° 37’ 55,60” E",
    "10º27′36.7″N; 105º37′55.6″E",
    "N10 27 36.7 E105 37 55.6",
    "10 27 36.7 N 105 37 55.6 E",
    "10 27 36,7 105 37 55,6",
    "10d27m36.7s N 105d37m55.6s E",
    """10o27'36.7"N 105o37'55.6"E""",
    "10 độ 27 phút 36,7 giây Bắc, 105 độ 37 phút 55,6 giây Đông",
    """10°27'36.7"N\n105°37'55.6"E""",
    "10\ufffd27\ufffd36.7\ufffdN 105\ufffd37\ufffd55.6\ufffdE",
    """10°27'36".7 B 105°37'55".6 Đ""",
    "10°27'36.7,105°37'55.6",
    "10°27.612'N 105°37.927'E",
    "10 27.612 105 37.927",
]
PLANE = [
    "1156822.472 569001.844",
    "1156822,472;569001,844,",
    "X: 1156822.472 Y: 569001.844",
    "X=1.156.822,472; Y=569.001,844",
    "1.156.822,472 569.001,844",
    "1,156,822.472, 569,001.844",
    "1 156 822,472 569 001,844",
    "569001.844 1156822.472",
    "Y 569001.844 X 1156822.472",
    "N 1156822.472 m, E 569001.844 m",
    "POINT(569001.844 1156822.472)",
]


@pytest.mark.parametrize("text", DEGREES)
def test_degrees_are_read(text: str) -> None:
    reading = parse_coordinate(text)
    assert reading.system is System.WGS84
    assert (reading.north, reading.east) == pytest.approx(CAO_LANH, abs=1e-9)
    assert reading.resolution_m == pytest.approx(11.1, abs=0.1)


@pytest.mark.parametrize("text", SEXAGESIMAL)
def test_minutes_and_seconds_are_read(text: str) -> None:
    reading = parse_coordinate(text)
    assert (reading.north, reading.east) == pytest.approx((10.460194, 105.632111), abs=1e-5)
    assert reading.resolution_m < 4


@pytest.mark.parametrize("text", PLANE)
def test_metres_are_read_as_vn2000_x_north_and_y_east(text: str) -> None:
    reading = parse_coordinate(text)
    assert reading.system is System.VN2000_PLANE
    assert (reading.north, reading.east) == (CAO_LANH_X, CAO_LANH_Y)
    with pytest.raises(MeridianMissingError):
        reading.lon_lat()
    lon, lat = reading.lon_lat("105-00")
    assert distance_m(Point(lon, lat), Point(CAO_LANH[1], CAO_LANH[0])) < 0.001


def test_labels_are_believed_even_when_they_are_exchanged() -> None:
    reading = parse_coordinate("X=569001.844 Y=1156822.472")
    assert (reading.north, reading.order) == (CAO_LANH_Y, Order.LABELLED)
    assert reading.swapped.north == CAO_LANH_X


def test_a_meridian_named_in_the_text_is_kept() -> None:
    assert parse_coordinate("1156822 569002 (KTT 105°00')").meridian == "105-00"
    assert parse_coordinate("kinh tuyến trục 105-45; 1156756 486898").meridian == "105-45"
    assert parse_coordinate("1156822 569002").meridian is None


def test_degrees_may_be_of_vn2000() -> None:
    named = parse_coordinate("VN-2000: 10.46121259, 105.63031297")
    chosen = parse_coordinate("10.46121259, 105.63031297", system=System.VN2000_GEOGRAPHIC)
    assert named == chosen
    lon, lat = named.lon_lat()
    assert distance_m(Point(lon, lat), Point(CAO_LANH[1], CAO_LANH[0])) < 0.002


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("  ", EmptyCoordinateError),
        ("abc", UnreadableCoordinateError),
        ("Phường 1, Cao Lãnh", UnreadableCoordinateError),
        ("https://example.com/", UnreadableCoordinateError),
        ("10.4602", WrongCountError),
        ("1 2 3", WrongCountError),
        ("10°72'36\" 105°37'55\"", OutOfRangeError),
        ("10.4602 569001", MixedSystemsError),
        ("200.5 10.5", OutOfRangeError),
        ("POLYGON((1 2, 3 4, 5 6, 1 2))", UnreadableCoordinateError),
        ('{"type": "Polygon"}', UnreadableCoordinateError),
        ("9" * 5000, CoordinateError),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    text: str, error: type[CoordinateError]
) -> None:
    with translation.override("en"), pytest.raises(error) as refused:
        parse_coordinate(text)
    assert str(refused.value).endswith(".")


def _decimal(reading: Reading) -> str:
    return f"{reading.north:.6f}, {reading.east:.6f}"


def _comma(reading: Reading) -> str:
    return _decimal(reading).replace(", ", "; ").replace(".", ",")


def _dms(value: float, mark: str) -> str:
    total = round(abs(value) * 3600 * 100)
    degrees, rest = divmod(total, 3600 * 100)
    minutes, hundredths = divmod(rest, 60 * 100)
    return f"{degrees}°{minutes:02d}′{hundredths / 100:05.2f}″{mark}"


def _english_dms(reading: Reading) -> str:
    return f"{_dms(reading.north, 'N')} {_dms(reading.east, 'E')}"


def _vietnamese_dms(reading: Reading) -> str:
    return f"{_dms(reading.north, 'B')}; {_dms(reading.east, 'Đ')}".replace(".", ",")


def _wkt(reading: Reading) -> str:
    return f"POINT ({reading.east:.6f} {reading.north:.6f})"


WRITERS = [_decimal, _comma, _english_dms, _vietnamese_dms, _wkt]


@given(
    north=st.floats(8.2, 23.4),
    east=st.floats(102.2, 117.0),
    writer=st.sampled_from(WRITERS),
)
def test_what_is_written_out_is_read_back(
    north: float, east: float, writer: Callable[[Reading], str]
) -> None:
    written = parse_coordinate(f"{north:.6f}, {east:.6f}")
    read = parse_coordinate(writer(written))
    assert (read.north, read.east) == pytest.approx((north, east), abs=3e-6)


@given(north=st.floats(900_000, 2_600_000), east=st.floats(200_000, 800_000))
def test_metres_written_with_thousands_are_read_back(north: float, east: float) -> None:
    english = f"{north:,.3f} {east:,.3f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    spaced = vietnamese.replace(" ", "; ").replace(".", " ")
    for text in (english, vietnamese, spaced):
        read = parse_coordinate(text)
        assert (read.north, read.east) == pytest.approx((north, east), abs=0.0006)


@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(CoordinateError):
        parse_coordinate(text)


def test_two_cells_are_read_as_one_place() -> None:
    for north, east in [
        (10.4602, 105.6321),
        ("10,4602", "105,6321"),
        ("N10.4602", "E105.6321"),
        ("10.4602°", "105.6321°"),
    ]:
        reading = parse_columns(north, east)
        assert (reading.north, reading.east) == pytest.approx(CAO_LANH)
    plane = parse_columns(1156822.472, "569.001,844")
    assert (plane.north, plane.east) == (CAO_LANH_X, CAO_LANH_Y)
    swapped = parse_columns(105.6321, 10.4602)
    assert swapped.north == 105.6321
    with pytest.raises(WrongCountError):
        parse_columns("10.46", None)


def test_the_public_dms_samples_are_read(shared_data: Path | None) -> None:
    if shared_data is None:
        return
    path = shared_data / "6_tough" / "dms" / "humantodec1.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        reading = parse_columns(row["lat"], row["lon"])
        assert (reading.north, reading.east) == pytest.approx((-1.234, -5.678), abs=1e-9), row
        whole = parse_coordinate(f"{row['lat']} {row['lon']}")
        assert (whole.north, whole.east) == pytest.approx((-1.234, -5.678), abs=1e-9), row


def test_the_mixed_notations_of_a_real_list_agree_with_its_metres(
    shared_data: Path | None,
) -> None:
    if shared_data is None:
        return
    path = shared_data / "7_derived" / "legacy_communes_vn_headers_mixed_dms.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(rows) == 305
    for row in rows:
        degrees = parse_columns(row[4], row[5])
        metres = parse_columns(row[6], row[7])
        lon, lat = to_wgs84(metres.north, metres.east, "105-00")
        apart = distance_m(Point(degrees.east, degrees.north), Point(lon, lat))
        assert apart < max(2 * degrees.resolution_m, 0.2), row
