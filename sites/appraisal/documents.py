"""The reply letter on positions: what it says of each, frozen as plain words (Vietnamese only)."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point
from django.utils import translation
from django.utils.formats import number_format

from infra.ground.choices import ProcedureKind
from infra.map.inset import inset_svg
from infra.models import Dossier
from infra.places.geo.crs import DEFAULT_MERIDIANS, meridian_label, to_vn2000
from infra.places.territory.selectors import unit_at
from sites.appraisal.selectors.scene import bounds_of, dossier_scene, moved
from sites.appraisal.sentences import metres
from sites.choices import AGREEING, Outcome
from sites.models import CandidateLocation

TEMPLATE = "reply_letter"
UNIT_KEPT = "BCVT"
INSET_MM = (160, 110)
LAST_DAY_BEFORE_MERGER = date(2025, 6, 30)


def letter_subject(dossier: Dossier) -> str:
    """What the letter is about, after "V/v"."""
    moves = dossier.procedure.kind == ProcedureKind.RELOCATION
    kind = "di dời" if moves else "lắp đặt mới"
    return f"kết quả thẩm định vị trí {kind} trạm thu phát sóng thông tin di động"


def letter_context(dossier: Dossier) -> dict[str, Any]:
    """Plain data for the prescribed form: one result per position, validity, map, recipients."""
    rows = list(dossier.candidates.select_related("old_mast", "share_with").order_by("order"))
    with translation.override("vi"):
        return {
            "about": letter_subject(dossier),
            "addressee": dossier.applicant.name,
            "opening": _opening(dossier, rows),
            "sites": [_site(row) for row in rows],
            "conditions": _conditions(dossier, rows),
            "closing": [f"Sở thông báo để {dossier.applicant.name} biết, thực hiện./."],
            "recipients": _recipients(rows),
            "unit_kept": UNIT_KEPT,
            "insets": _insets(rows),
        }


def _opening(dossier: Dossier, rows: list[CandidateLocation]) -> list[str]:
    letter = f"văn bản số {dossier.letter_number}" if dossier.letter_number else "hồ sơ"
    if dossier.letter_number and dossier.letter_date:
        letter += f" ngày {dossier.letter_date:%d/%m/%Y}"
    counts = ", ".join(
        f"{sum(1 for row in rows if row.outcome == outcome)} {str(outcome.label).lower()}"
        for outcome in Outcome
        if any(row.outcome == outcome for row in rows)
    )
    return [
        f"Xét {letter} của {dossier.applicant.name} (mã hồ sơ {dossier.code}) đề nghị thẩm định "
        f"{len(rows)} vị trí, sau khi rà soát hồ sơ, bản đồ và ý kiến các cơ quan liên quan, "
        f"kết quả như sau: {counts}.",
    ]


def _site(row: CandidateLocation) -> dict[str, Any]:
    unit = unit_at(row.point)
    return {
        "order": row.order,
        "name": row.name,
        "address": ", ".join(part for part in (row.address, str(unit) if unit else "") if part),
        "moved_from": f"{row.old_mast.code} ({moved(row)})" if row.old_mast else "",
        "wgs84": wgs84_text(row.point.x, row.point.y),
        "vn2000": vn2000_text(row.point.x, row.point.y, meridian_of(row.point)),
        "mast": _mast(row),
        "outcome": row.get_outcome_display(),
        "reason": _reason(row),
        "valid_until": "",
    }


def _mast(row: CandidateLocation) -> str:
    height = f"cao {metres(float(row.height_m))} m"
    if row.building_height_m:
        height += f" trên nhà {metres(float(row.building_height_m))} m"
    return f"{row.mast_class}, {row.get_structure_display().lower()}, {height}"


def _reason(row: CandidateLocation) -> str:
    parts = [row.outcome_reason]
    if row.outcome == Outcome.SHARE and row.share_with:
        parts.insert(0, f"Dùng chung cột {row.share_with.code}.")
    if row.outcome == Outcome.ADJUST and row.proposed_point:
        place = row.proposed_point
        parts.insert(0, f"Vị trí đề nghị: {wgs84_text(place.x, place.y)}.")
    return " ".join(part for part in parts if part)


def _conditions(dossier: Dossier, rows: list[CandidateLocation]) -> list[str]:
    lines = []
    if any(row.outcome in AGREEING for row in rows):
        lines.append(
            f"Vị trí được thống nhất có giá trị {dossier.procedure.validity_months:02d} tháng kể "
            "từ ngày ban hành văn bản này; quá thời hạn chưa lắp đặt thì phải đề nghị lại."
        )
    if any(row.old_mast and row.outcome in AGREEING for row in rows):
        lines.append(
            "Doanh nghiệp tháo dỡ cột cũ sau khi vị trí mới phát sóng và báo cáo Sở bằng văn bản."
        )
    return lines


def _recipients(rows: list[CandidateLocation]) -> list[str]:
    units = sorted({str(unit) for row in rows if (unit := unit_at(row.point))})
    return ["Như trên", *(f"UBND {unit}" for unit in units)]


def _insets(rows: list[CandidateLocation]) -> list[dict[str, str]]:
    bounds = bounds_of(rows)
    if bounds is None:
        return []
    scene = dossier_scene(rows, shows_outcomes=True)
    svg = inset_svg(bounds, features=scene["features"], size_mm=INSET_MM)
    return [{"title": "Sơ đồ các vị trí trong văn bản", "svg": svg}]


def wgs84_text(lon: float, lat: float) -> str:
    """`10,460200° B; 105,632100° Đ (WGS-84)`."""
    north, east = (number_format(value, decimal_pos=6) for value in (lat, lon))
    return f"{north}° B; {east}° Đ (WGS-84)"


def vn2000_text(lon: float, lat: float, meridian: str) -> str:
    """X, Y in metres with the central meridian named."""
    x, y = (number_format(value, decimal_pos=2) for value in to_vn2000(lon, lat, meridian))
    return f"X {x}; Y {y} (VN-2000, KTT {meridian_label(meridian)})"


def meridian_of(point: Point) -> str:
    """The meridian used where the point lies: each former province keeps its own."""
    former = unit_at(point, LAST_DAY_BEFORE_MERGER)
    while former is not None and former.parent is not None:
        former = former.parent
    dong_thap, tien_giang = DEFAULT_MERIDIANS
    return tien_giang if former is not None and former.name == "Tiền Giang" else dong_thap


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
