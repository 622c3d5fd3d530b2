"""The default survey checklist and the limits that surveys use, from fixtures and cited sources."""

import datetime
import json
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from infra.ground.choices import Confidence
from infra.ground.loading import Report
from infra.models import RegulationLimit
from sites.models import ChecklistItem

_FROM = datetime.date(2024, 1, 1)
_OFFICE_SETTING = "Thiết lập nội bộ của Sở (không phải quy định pháp luật)"
_HOUSE_SCALE = "Thang cấp an toàn nội bộ (đề xuất, chưa có quy định quốc gia)"
_LIMITS = (
    ("remediation.hours.D", Decimal(72), "giờ", "Hạn xử lý khẩn cấp cột cấp D", _HOUSE_SCALE),
    ("remediation.hours.C", Decimal(1440), "giờ", "Hạn kiểm định chịu lực cột cấp C", _HOUSE_SCALE),
    (
        "visit-near-mast",
        Decimal(150),
        "m",
        "Phiếu được coi là ghi tại cột (khoảng cách cộng sai số của điện thoại)",
        _OFFICE_SETTING,
    ),
)


def load_checklist(report: Report) -> None:
    """Create the default checklist and limits where missing; edited rows stay as they are."""
    path = Path(settings.BASE_DIR) / "fixtures" / "checklist.json"
    template = json.loads(path.read_text(encoding="utf-8"))
    lines = [(part["section"], *item) for part in template["sections"] for item in part["items"]]
    for order, (section, code, label, is_critical, structure) in enumerate(lines, start=1):
        ChecklistItem.objects.get_or_create(
            code=code,
            valid_from=template["valid_from"],
            defaults={
                "section": section,
                "label": label,
                "is_critical": is_critical,
                "for_structure": structure,
                "order": order,
                "source": template["source"],
            },
        )
    for code, value, unit, label, instrument in _LIMITS:
        RegulationLimit.objects.get_or_create(
            code=code,
            province="",
            instrument=instrument,
            valid_from=_FROM,
            defaults={
                "value": value,
                "unit": unit,
                "label": label,
                "confidence": Confidence.UNVERIFIED,
            },
        )
    RegulationLimit.objects.get_or_create(
        code="plumb.guyed",
        province="",
        instrument="ANSI/TIA-222 (Hoa Kỳ, tham khảo)",
        valid_from=_FROM,
        defaults={
            "value": Decimal("0.0025"),
            "unit": "tỷ lệ",
            "label": "Độ lệch đứng cho phép của cột dây co",
            "citation": "out-of-plumb ≤ 0,25 %",
            "confidence": Confidence.VERIFIED,
        },
    )
    report(f"Danh mục kiểm tra: {len(lines)} mục.")
