"""Reference rows of appraisals: limits with their sources, procedures with their papers.

Sources and marks: the project's domain notes. Rows are only added, never written over: an office
edits them in place. A date the source does not give is set early and the note says so.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from infra.ground.choices import Confidence, ProcedureKind
from infra.models import Procedure, ProcedureComponent, RegulationLimit

OLDEST = date(2018, 1, 1)
MAST_CLASSES_FROM = date(2016, 8, 12)
DATE_UNKNOWN = "Ngày có hiệu lực chưa kiểm chứng, đặt tạm."
WHOLE_COUNTRY = "Văn bản của trung ương; Sở chưa có quyết định áp dụng."
BASE_ENDED = {"base_ended_on": date(2024, 12, 24), "base_end_inferred": True}
"""NĐ 163/2024 replaced NĐ 25/2011 that day: an inference, nobody has said it of TTLT 15/2016."""
NEW_CONSTRUCTION_LAW = date(2026, 7, 1)
MERGERS_DONE = date(2025, 7, 1)
BUILDING_OFFICE = "Sở Xây dựng"

HAI_DUONG = {
    "instrument": "QĐ 26/2018/QĐ-UBND tỉnh Hải Dương",
    "citation": "Cột mới cách cột hiện có tối thiểu 100 m (đô thị), 400 m (ngoài đô thị); gần hơn "
    "thì phải dùng chung",
    "province": "Hải Dương",
    "confidence": Confidence.VERIFIED,
    "valid_from": OLDEST,
    "note": f"Theo báo Hải Dương; chỉ tham khảo tại Đồng Tháp. {DATE_UNKNOWN}",
}
QUANG_NAM = {
    "instrument": "Quy hoạch hạ tầng viễn thông thụ động tỉnh Quảng Nam",
    "citation": "Khoảng cách tối thiểu theo loại cột",
    "province": "Quảng Nam",
    "confidence": Confidence.VERIFIED,
    "valid_from": OLDEST,
    "note": f"Theo quangnam.gov.vn; chỉ tham khảo tại Đồng Tháp. {DATE_UNKNOWN}",
}


def _spacing(code: str, metres: float, label: str, source: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "value": metres, "unit": "m", "label": label, **source}


LIMITS: tuple[dict[str, Any], ...] = (
    _spacing("spacing-urban", 100, "Khoảng cách cột, trong đô thị", HAI_DUONG),
    _spacing("spacing-rural", 400, "Khoảng cách cột, ngoài đô thị", HAI_DUONG),
    _spacing("spacing-a2a-split", 15, "Mốc chiều cao cột A2a", QUANG_NAM),
    _spacing("spacing-urban-a2a-low", 150, "Khoảng cách A2a đến 15 m, đô thị", QUANG_NAM),
    _spacing("spacing-rural-a2a-low", 200, "Khoảng cách A2a đến 15 m, ngoài đô thị", QUANG_NAM),
    _spacing("spacing-urban-a2a-high", 200, "Khoảng cách A2a trên 15 m, đô thị", QUANG_NAM),
    _spacing("spacing-rural-a2a-high", 350, "Khoảng cách A2a trên 15 m, ngoài đô thị", QUANG_NAM),
    _spacing("spacing-urban-a2b", 300, "Khoảng cách A2b, đô thị", QUANG_NAM),
    {
        "code": "fall-radius-multiplier",
        "value": 1,
        "unit": "lần chiều cao",
        "label": "Bán kính đổ so với chiều cao tính từ mặt đất",
        "instrument": "Cách tính nội bộ v1",
        "citation": "Bán kính = chiều cao cột + chiều cao công trình; chưa có quy định quốc gia",
        "confidence": Confidence.UNVERIFIED,
        "valid_from": OLDEST,
        "note": "Kết luận nặng nhất: cần thẩm tra kết cấu.",
    },
    {
        "code": "power-line-beyond-fall",
        "value": 0,
        "unit": "m",
        "label": "Khoảng cách thêm ngoài bán kính đổ đến đường dây điện",
        "instrument": "NĐ 62/2025/NĐ-CP",
        "citation": "Không lắp đặt ăng ten thu phát sóng ở vị trí mà khi đổ, rung lắc có thể làm "
        "hư hỏng công trình điện lực",
        "confidence": Confidence.VERIFIED,
        "valid_from": date(2025, 3, 4),
        "ask": "Đơn vị quản lý lưới điện",
        "note": f"Bán kính đổ là cách tính nội bộ, nên quy tắc này chỉ cảnh báo. {WHOLE_COUNTRY}",
    },
    {
        "code": "height-marking",
        "value": 45,
        "unit": "m",
        "label": "Chiều cao phải sơn, lắp đèn cảnh báo hàng không",
        "instrument": "NĐ 32/2016/NĐ-CP",
        "citation": "Từ 45 m so với mặt đất tự nhiên (ngoài vùng phụ cận sân bay)",
        "confidence": Confidence.VERIFIED,
        "valid_from": date(2016, 7, 1),
        "note": f"{WHOLE_COUNTRY} {DATE_UNKNOWN}",
    },
    {
        "code": "height-approval",
        "value": 45,
        "unit": "m",
        "label": "Chiều cao phải hỏi về văn bản chấp thuận độ cao",
        "instrument": "NĐ 32/2016/NĐ-CP",
        "citation": "Điều về công trình phải được chấp thuận độ cao: chưa đọc",
        "confidence": Confidence.UNVERIFIED,
        "valid_from": date(2016, 7, 1),
        "review_on": date(2026, 11, 24),
        "ask": "Cục Tác chiến, Bộ Tổng Tham mưu",
        "note": f"{WHOLE_COUNTRY} {DATE_UNKNOWN}",
    },
    {
        "code": "emf-power-density",
        "value": 2,
        "unit": "W/m²",
        "label": "Mật độ công suất cho công chúng, 10 MHz–6 GHz",
        "instrument": "QCVN 8:2022/BTTTT",
        "citation": "Thông tư 21/2022/TT-BTTTT",
        "confidence": Confidence.VERIFIED,
        "valid_from": date(2023, 7, 1),
        "note": WHOLE_COUNTRY,
    },
    {
        "code": "planning-paused",
        "value": 1,
        "unit": "–",
        "label": "Tạm dừng lập quy hoạch hạ tầng viễn thông thụ động",
        "instrument": "Công văn 724/BKHCN-CVT",
        "citation": "Tạm dừng lập quy hoạch đến khi sắp xếp xong đơn vị hành chính (09/4/2025)",
        "confidence": Confidence.VERIFIED,
        "valid_from": date(2025, 4, 9),
        "review_on": MERGERS_DONE,
        "ask": "Cục Viễn thông, Bộ Khoa học và Công nghệ",
        "note": "Chỉ tạm dừng đến khi sắp xếp xong; sau 01/7/2025 chưa thấy văn bản nào nói tiếp.",
    },
    {
        "code": "permit-urban",
        "value": 1,
        "unit": "–",
        "label": "Cột phải có giấy phép xây dựng trong đô thị",
        "instrument": "TTLT 15/2016/TTLT-BXD-BTTTT",
        "citation": "Điều 5: có giấy phép trước khi khởi công, trừ trường hợp được miễn",
        "confidence": Confidence.UNVERIFIED,
        "valid_from": MAST_CLASSES_FROM,
        **BASE_ENDED,
        "review_on": NEW_CONSTRUCTION_LAW,
        "ask": BUILDING_OFFICE,
        "note": "Danh mục miễn phép của Luật Xây dựng mới (từ 01/7/2026) chưa đọc.",
    },
    {
        "code": "permit-exempt-a1",
        "value": 1,
        "unit": "–",
        "label": "Cột A1 (không cồng kềnh) được miễn giấy phép xây dựng, kể cả trong đô thị",
        "instrument": "TTLT 15/2016/TTLT-BXD-BTTTT",
        "citation": "Điều 5 điểm b; cùng nội dung NĐ 25/2011/NĐ-CP Điều 41 khoản 1 điểm b",
        "confidence": Confidence.UNVERIFIED,
        "valid_from": MAST_CLASSES_FROM,
        **BASE_ENDED,
        "review_on": NEW_CONSTRUCTION_LAW,
        "ask": BUILDING_OFFICE,
        "note": "Danh mục miễn phép của Luật Xây dựng mới (từ 01/7/2026) chưa đọc.",
    },
    {
        "code": "duty-border-zone",
        "value": 1,
        "unit": "–",
        "label": "Lấy ý kiến biên phòng, quân sự trong khu vực biên giới",
        "instrument": "NĐ 34/2014/NĐ-CP và NĐ 299/2025/NĐ-CP",
        "citation": "Chỉ biết có văn bản; điều khoản về lấy ý kiến chưa đọc",
        "confidence": Confidence.UNVERIFIED,
        "valid_from": OLDEST,
        "review_on": date(2026, 11, 24),
        "ask": "Bộ đội Biên phòng tỉnh",
        "note": DATE_UNKNOWN,
    },
)

PROCEDURE_BASIS = (
    "Chưa có thủ tục chung toàn quốc; thực hiện theo văn bản góp ý vị trí. Số ngày lấy theo thực "
    "tế tại Hà Nội (15 ngày làm việc), thời hạn kết quả theo Tây Ninh (6 tháng): minh họa, chưa "
    "kiểm chứng, sửa được."
)
COMMON_PAPERS = (
    ("request-letter", "Công văn đề nghị", True),
    ("site-plan", "Sơ đồ vị trí, trích lục thửa đất", True),
    ("lease-consent", "Hợp đồng thuê hoặc văn bản đồng ý của chủ đất, chủ nhà", True),
    ("structural-design", "Thiết kế kết cấu và kết quả thẩm tra", False),
    ("sharing-minutes", "Biên bản thỏa thuận dùng chung hoặc lý do không dùng chung", False),
    ("emf-calculation", "Bản tính phơi nhiễm trường điện từ", False),
    ("height-approval", "Văn bản chấp thuận độ cao (cột từ 45 m)", False),
    ("photos", "Ảnh hiện trạng", False),
)
REMOVAL_PLAN = ("removal-plan", "Kế hoạch và thời hạn tháo dỡ cột cũ", True)
PROCEDURES = (
    ("new-position", "Thẩm định vị trí lắp đặt mới", ProcedureKind.NEW_POSITION, COMMON_PAPERS),
    (
        "relocation",
        "Thẩm định vị trí di dời",
        ProcedureKind.RELOCATION,
        (*COMMON_PAPERS[:3], REMOVAL_PLAN, *COMMON_PAPERS[3:]),
    ),
)


def load(report: Callable[[str], None]) -> None:
    """Add the rows that are missing; idempotent, edited rows are kept."""
    limits = sum(_add_limit(row) for row in LIMITS)
    procedures = sum(_add_procedure(*row) for row in PROCEDURES)
    report(f"appraisal: {limits} limits, {procedures} procedures added")


def _add_limit(row: dict[str, Any]) -> bool:
    key = {name: row.get(name, "") for name in ("code", "province", "instrument", "valid_from")}
    _limit, created = RegulationLimit.objects.get_or_create(**key, defaults=row)
    return created


def _add_procedure(
    code: str, name: str, kind: ProcedureKind, papers: tuple[tuple[str, str, bool], ...]
) -> bool:
    procedure, created = Procedure.objects.get_or_create(
        code=code,
        valid_from=OLDEST,
        defaults={
            "name": name,
            "kind": kind,
            "legal_basis": PROCEDURE_BASIS,
            "working_days": 15,
            "validity_months": 6,
            "confidence": Confidence.UNVERIFIED,
            "ask": "Văn phòng Sở Khoa học và Công nghệ",
        },
    )
    if created:
        ProcedureComponent.objects.bulk_create(
            ProcedureComponent(
                procedure=procedure, code=paper, name=label, is_required=required, order=order
            )
            for order, (paper, label, required) in enumerate(papers, start=1)
        )
    return created
