"""Invented names for the many small canals, in the manner of the delta."""

from typing import Final

_FIRST: Final = (
    "Kênh Ông",
    "Kênh Bà",
    "Rạch Cái",
    "Kênh Cả",
    "Rạch Xẻo",
    "Kênh Mương",
    "Kênh Thầy",
    "Rạch Bàu",
)
_LAST: Final = (
    "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Út",
    "Lớn", "Nhỏ", "Dài", "Sâu", "Tràm", "Sậy", "Dừa", "Mắm", "Gáo", "Điều",
    "Kiểng", "Lân", "Phú", "Thạnh", "Lợi", "Tân", "Hưng", "Đông", "Tây", "Trung",
)  # fmt: skip


def canal_name(zone: int, index: int, *, is_across: bool) -> str:
    """The name of one canal of a zone; the cross canals are numbered, as dug ones are."""
    if not is_across:
        return f"Kênh {abs(index) + zone % 7 + 1}"
    rank = abs(index * 7 + zone * 11 + (index < 0))
    return f"{_FIRST[rank % len(_FIRST)]} {_LAST[rank // 3 % len(_LAST)]}"
