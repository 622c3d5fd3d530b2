"""A pasted table is read line by line; one bad line is named and nothing is added."""

import pytest

from sites.appraisal.forms.position_table import read_table
from sites.choices import Footing, MastClass


def test_semicolons_decimal_commas_and_a_heading() -> None:
    rows, errors = read_table("Tên;Vĩ độ;Kinh độ;Cao\nDTP-1;10,4602;105,6321;42,5\n")
    assert errors == []
    assert rows[0]["name"] == "DTP-1"
    assert (rows[0]["point"].x, rows[0]["point"].y) == pytest.approx((105.6321, 10.4602))
    assert str(rows[0]["height_m"]) == "42.5"
    assert rows[0]["mast_class"] == MastClass.A2B


def test_a_copy_from_a_spreadsheet_in_degrees_and_minutes() -> None:
    rows, errors = read_table("DTP-2\t10°27'36.7\"N\t105°37'55.6\"E\t18 m\tA2a\t12")
    assert errors == []
    assert rows[0]["footing"] == Footing.ROOF
    assert str(rows[0]["building_height_m"]) == "12.0"


@pytest.mark.parametrize(
    "line",
    [
        "DTP-3;10,4602",
        ";10,4602;105,6321;42",
        "DTP-3;10,4602;105,6321;cao",
        "DTP-3;10,4602;105,6321;0",
        "DTP-3;10,4602;105,6321;42;Z9",
        "DTP-3;10,4602;105,6321;18;A2a",
        "DTP-3;abc;105,6321;42",
        "DTP-3;1156822;569001;42",
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str) -> None:
    rows, errors = read_table(f"DTP-1;10,4602;105,6321;42\n{line}\n")
    assert len(rows) == 1
    assert len(errors) == 1
    assert "2" in errors[0]


def test_nothing_to_read_says_so() -> None:
    rows, errors = read_table("\n \n")
    assert rows == []
    assert len(errors) == 1


def test_decimal_commas_without_a_heading_part_no_columns() -> None:
    rows, errors = read_table("DTP-1;10,4602;105,6321;42,5;A2a;12,5\n")
    assert errors == []
    assert (str(rows[0]["height_m"]), str(rows[0]["building_height_m"])) == ("42.5", "12.5")


def test_columns_in_another_order_are_found_by_their_heading() -> None:
    heading = "Kinh độ\tVĩ độ\tTên trạm\tGhi chú\tChiều cao nhà (m)\tLoại\tChiều cao\n"
    rows, errors = read_table(heading + "105,6321\t10,4602\tDTP-1\tgần chợ\t12\tA2a\t18\n")
    assert errors == []
    assert rows[0]["name"] == "DTP-1"
    assert (rows[0]["point"].x, rows[0]["point"].y) == pytest.approx((105.6321, 10.4602))
    assert (str(rows[0]["height_m"]), str(rows[0]["building_height_m"])) == ("18.0", "12.0")


def test_a_cell_that_the_spreadsheet_put_in_quotes_is_one_cell() -> None:
    rows, errors = read_table('"DTP; số 1"\t"10°27\'36.7""N"\t105,6321\t42\n')
    assert errors == []
    assert rows[0]["name"] == "DTP; số 1"
    assert rows[0]["point"].y == pytest.approx(10.460194, abs=1e-6)


def test_a_torn_quote_is_told_by_its_line() -> None:
    rows, errors = read_table('DTP-1;10,4602;105,6321;42\n"' + "x" * 1_100_000)
    assert rows == []
    assert len(errors) == 1
    assert "2" in errors[0]
