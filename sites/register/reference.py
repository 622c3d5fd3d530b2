"""The limits of class A1a, as quoted from TTLT 15/2016 (code letter unverified).

NĐ 163/2024 replaced NĐ 25/2011 on 24/12/2024, so the circular lost its base: an inference, marked
as one. The classes are kept, for no other text was found.
"""

import datetime
from decimal import Decimal

from infra.ground.choices import Confidence
from infra.ground.loading import Report
from infra.models import RegulationLimit
from sites.register.rules.mast_class import HALF_WIDTH, HEIGHT, HEIGHT_SHARE

_INSTRUMENT = "TTLT 15/2016/TTLT-BXD-BTTTT"
_ARTICLE = "Điều 3 (trích theo xaydung.gov.vn 04/07/2016)"
_FROM = datetime.date(2016, 8, 12)
_BASE_ENDED_ON = datetime.date(2024, 12, 24)
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
                "confidence": Confidence.UNVERIFIED,
                "base_ended_on": _BASE_ENDED_ON,
                "base_end_inferred": True,
                "review_on": _BASE_ENDED_ON,
                "ask": "Cục Viễn thông, Bộ Khoa học và Công nghệ",
                "note": "Ký hiệu A1a ghi theo trí nhớ, chưa đối chiếu văn bản. NĐ 163/2024/NĐ-CP "
                "thay NĐ 25/2011/NĐ-CP từ 24/12/2024: căn cứ đã hết là suy luận.",
            },
        )[1]
    report(f"Giới hạn phân loại cột: thêm {made}.")
