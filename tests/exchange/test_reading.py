"""Files as people send them: encodings, notations, and those that must not be opened."""

from decimal import Decimal
from pathlib import Path

import pytest

from infra.exchange.columns import find_header, guess_mapping
from infra.exchange.encoding import decode, guess
from infra.exchange.readers import as_text
from infra.exchange.table import UnreadableFile, read_head, read_rows
from infra.exchange.writers import safe_cell
from sites.register.importers.targets import TARGETS
from sites.register.importers.values import to_decimal, to_integer
from tests.exchange.files import CAO_LANH, HEADER, csv_file, xlsx_file, zip_bomb

TEXT = "Tên cột;Địa chỉ\r\nCột số 1;ấp Tân Bình, xã Mỹ Hiệp, tỉnh Đồng Tháp"


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


def test_tcvn3_is_told_from_windows_encodings() -> None:
    # "Tên cột;Địa chỉ / xã Mỹ Hiệp, tỉnh Đồng Tháp" as .VnTime writes it
    data = b"T\xaan c\xe9t;\xa7\xdea ch\xd8\r\nx\xb7 M\xfc Hi\xd6p, t\xd8nh \xa7\xe5ng Th\xb8p"
    assert guess(data) == "tcvn3"
    assert decode(data)[0].startswith("Tên cột;Địa chỉ")
    assert "tỉnh Đồng Tháp" in decode(data)[0]


def test_cp1258_with_its_loose_marks_becomes_whole_letters() -> None:
    data = "Tên cô\u0323t;Đi\u0323a chi\u0309;xa\u0303 My\u0303 Hiê\u0323p".encode("cp1258")
    assert guess(data) == "cp1258"
    assert decode(data)[0].startswith("Tên cột;")


def test_headers_below_a_letterhead_are_found(tmp_path: Path) -> None:
    rows = [["UBND TỈNH ĐỒNG THÁP"], [], ["PHỤ LỤC"], HEADER, CAO_LANH]
    head = read_head(saved(tmp_path, xlsx_file(rows)))
    assert find_header(head.rows, TARGETS) == 4
    mapping = guess_mapping(HEADER, TARGETS)
    assert {HEADER[at]: key for key, at in mapping.items()} == {
        "Mã cột": "code",
        "Tên cột": "name",
        "Xã/Phường": "declared_unit",
        "Vĩ độ": "lat",
        "Kinh độ": "lon",
        "Loại cột": "mast_class",
        "Chiều cao (m)": "height_m",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    row = [cell.replace(",", ".") for cell in CAO_LANH]
    path = saved(tmp_path, csv_file([HEADER, row], delimiter=delimiter))
    head = read_head(path)
    assert head.delimiter == delimiter
    assert [r.cells for r in read_rows(path, {})][1] == row


def test_a_formula_without_a_saved_result_is_marked_not_lost(tmp_path: Path) -> None:
    path = saved(tmp_path, xlsx_file([["Mã", "Cao"], ["A", "=10+20"]]))
    assert next(r for r in read_rows(path, {}) if r.number == 2).cells == ["A", {"formula": True}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"%PDF-1.7 ...", "không phải bảng dữ liệu"),
        (b"PK\x03\x04 cut off", "hỏng"),
        (b"\xd0\xcf\x11\xe0 cut off", "hỏng"),
        (b'{"type": "FeatureCollection", "features": [', "GeoJSON"),
        (b'{"type": "Point"}', "FeatureCollection"),
        (b"\x7fELF\x02\x01", "không phải bảng dữ liệu"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_head(saved(tmp_path, content))


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="300 MB"):
        read_head(saved(tmp_path, zip_bomb()))


def test_deeply_nested_json_ends_in_a_sentence(tmp_path: Path) -> None:
    content = b'{"type": "FeatureCollection", "features": ' + b"[" * 200_000
    with pytest.raises(UnreadableFile):
        read_head(saved(tmp_path, content))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+84 277", "'+84 277"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-12,5", "-12,5"),
        (-3.5, "-3.5"),
        ("Cột 1", "Cột 1"),
        (None, ""),
    ],
)
def test_no_exported_cell_is_taken_for_a_formula(cell: object, safe: str) -> None:
    assert safe_cell(cell) == safe


def test_a_number_cell_is_never_taken_for_thousands() -> None:
    assert to_decimal(1, 5)(as_text(36.125) or "") == Decimal("36.1")
    assert as_text(105.63) == "105.63"
    assert as_text(-1.25) == "-1.25"


def test_a_text_that_can_be_read_twice_is_refused_with_both_readings() -> None:
    with pytest.raises(ValueError, match="1,25 hoặc 1250"):
        to_decimal(1, 5)("1.250")
    assert to_decimal(1, 5)("36,5 m") == Decimal("36.5")
    assert to_integer("1.250") == 1250
