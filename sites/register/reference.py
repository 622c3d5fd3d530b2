"""The limits of class A1a, as quoted from TTLT 15/2016 (code letter unverified)."""

import datetime
from decimal import Decimal

from infra.ground.choices import Confidence
from infra.ground.loading import Report
from infra.models import RegulationLimit
from sites.register.rules.mast_class import HALF_WIDTH, HEIGHT, HEIGHT_SHARE

_INSTRUMENT = "TTLT 15/2016/TTLT-BXD-BTTTT"
_ARTICLE = "Điều 3 (trích theo xaydung.gov.vn 04/07/2016)"
_FROM = datetime.date(2016, 8, 12)
_ROWS = (
    (HEIGHT_SHARE, Decimal("0.2"), "lần", "Cột A1a: chiều cao so với chiều cao công trình"),
    (HEIGHT, Decimal(3), "m", "Cột A1a: chiều cao tối đa (không kể kim thu sét)"),
    (HALF_WIDTH, Decimal("0.5"), "m", "Cột A1a: khoảng cách từ tâm cột đến điểm ngoài cùng"),
)


def load_mast_limits(report: Report) -> None:
    """Create the rows where missing; a row that somebody edited stays as it is."""
    made = 0
    for code, value, unit, label in _ROWS:
        made += RegulationLimit.objects.get_or_create(
            code=code,
            province="",
            instrument=_INSTRUMENT,
            valid_from=_FROM,
            defaults={
                "value": value,
                "unit": unit,
                "label": label,
                "citation": _ARTICLE,
                "confidence": Confidence.VERIFIED,
                "note": "Ký hiệu A1a ghi theo trí nhớ, chưa đối chiếu văn bản.",
            },
        )[1]
    report(f"Giới hạn phân loại cột: thêm {made}.")
