"""Reference rows of undergrounding: depth limits, and the province's plan with its figures.

Sources and marks: the project's domain notes. Rows are only added, never written over: an office
edits them in place. Cost rates are not among them, for no trustworthy figure was found.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from infra.ground.choices import Confidence
from infra.models import RegulationLimit
from undergrounding.models import PlanFigure, Scheme

TCVN_8700 = {
    "unit": "mm",
    "province": "",
    "instrument": "TCVN 8700:2011",
    "confidence": Confidence.VERIFIED,
    "valid_from": date(2011, 1, 1),
    "note": "Tiêu chuẩn tự nguyện, chưa có văn bản của Sở áp dụng: chỉ cảnh báo. Không đạt thì phủ "
    "tấm bê tông mác 150 dày 100 mm. Ngày hiệu lực chính xác chưa kiểm chứng, đặt tạm.",
}
LIMITS: tuple[dict[str, Any], ...] = (
    {
        "code": "cover-depth-pavement",
        "value": 500,
        "label": "Độ sâu từ mặt hè đến lớp ống trên cùng",
        "citation": "Mục 4.1.2: tối thiểu 500 mm dưới hè",
        **TCVN_8700,
    },
    {
        "code": "cover-depth-road",
        "value": 700,
        "label": "Độ sâu từ mặt đường đến lớp ống trên cùng",
        "citation": "Mục 4.1.2: tối thiểu 700 mm dưới lòng đường",
        **TCVN_8700,
    },
)
KH_240 = "KH 240/KH-UBND ngày 14/10/2020"
SCHEME = {
    "name": "Cải tạo, chỉnh trang, làm gọn mạng cáp ngoại vi viễn thông (KH 240/KH-UBND)",
    "instrument": f"{KH_240} của UBND tỉnh Đồng Tháp",
    "starts_on": date(2020, 10, 14),
    "ends_on": date(2024, 12, 31),
}
COMPUTED = f"{KH_240}: toàn kế hoạch trừ giai đoạn 1"
FIGURES = (
    ("Toàn kế hoạch", 2020, 2024, "Toàn tỉnh", 129, "168", KH_240, Confidence.VERIFIED),
    (
        "Giai đoạn 1",
        2020,
        2021,
        "TP Cao Lãnh, TP Sa Đéc, TP Hồng Ngự",
        16,
        "31.50",
        KH_240,
        Confidence.VERIFIED,
    ),
    (
        "Giai đoạn 2",
        2022,
        2024,
        "Các địa bàn còn lại",
        113,
        "136.50",
        COMPUTED,
        Confidence.COMPUTED,
    ),
)


def load(report: Callable[[str], None]) -> None:
    """Add the rows that are missing; idempotent, edited rows are kept."""
    limits = sum(_add_limit(row) for row in LIMITS)
    scheme, _created = Scheme.objects.get_or_create(code="kh-240-2020", defaults=SCHEME)
    figures = sum(_add_figure(scheme, *row) for row in FIGURES)
    report(f"undergrounding: {limits} limits, {figures} plan figures added")


def _add_limit(row: dict[str, Any]) -> bool:
    key = {name: row[name] for name in ("code", "province", "instrument", "valid_from")}
    _limit, created = RegulationLimit.objects.get_or_create(**key, defaults=row)
    return created


def _add_figure(
    scheme: Scheme,
    phase: str,
    *figures: Any,
) -> bool:
    names = ("from_year", "to_year", "area", "route_count", "length_km", "source", "confidence")
    values = dict(zip(names, figures, strict=True))
    values["length_km"] = Decimal(values["length_km"])
    _figure, created = PlanFigure.objects.get_or_create(scheme=scheme, phase=phase, defaults=values)
    return created
