"""The words of a route's submission to the provincial committee, frozen as plain JSON."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import number_format

from infra.ground.choices import OrganisationKind
from infra.ground.rules import Severity
from infra.map.inset import inset_svg
from infra.models import Organisation
from undergrounding import geometry
from undergrounding.costing import CostLine, Estimate
from undergrounding.models import Route, Segment
from undergrounding.selectors.facts import findings_on, vertices_of
from undergrounding.selectors.rates import estimate_of
from undergrounding.selectors.routes import communes_of
from undergrounding.sentences import fact, source_of

TEMPLATE = "submission"
HEADINGS = (
    "Đoạn",
    "Lý trình (m)",
    "Phương án, bề mặt",
    "Dài (m)",
    "Sâu (m)",
    "Số ống",
    "Kinh phí (đồng)",
)
NOT_TOLD = "–"
MARGIN_DEG = 0.001


def submission_subject(route: Route) -> str:
    """What the submission is about."""
    return f"phương án ngầm hóa tuyến cáp viễn thông {route.name} (mã {route.code})"


def submission_context(route: Route, on: date) -> dict[str, Any]:
    """All that the form prints beside the office's own words; Vietnamese whoever asks."""
    with translation.override("vi"):
        estimate = estimate_of(route, on)
        segments = list(route.segments.all())
        return {
            "about": f"Về {submission_subject(route)}",
            "addressee": _addressee(),
            "opening": _opening(route, segments),
            "table": {"headings": list(HEADINGS), "rows": _rows(route, segments, estimate)},
            "closing": [*_cost_words(estimate), *_rule_words(route, on), _request(route)],
            "recipients": ["Như trên", *_owner(route)],
            "unit_kept": "BCVT",
            "insets": [_inset(route, segments)],
        }


def _addressee() -> str:
    body = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE, is_active=True).first()
    return body.name if body else "Ủy ban nhân dân tỉnh"


def _owner(route: Route) -> list[str]:
    return [route.duct_owner.name] if route.duct_owner else []


def _opening(route: Route, segments: list[Segment]) -> list[str]:
    length = _metres(geometry.length(vertices_of(route.geometry)))
    places = ", ".join(str(unit) for unit in communes_of(route))
    where = f" trên địa bàn {places}" if places else ""
    street = f", dọc đường {route.street}" if route.street else ""
    basis = [f"Căn cứ {route.scheme.instrument};"] if route.scheme else []
    year = f", dự kiến thực hiện năm {route.planned_year}" if route.planned_year else ""
    owner = f" Chủ đầu tư cống bể: {route.duct_owner.name}." if route.duct_owner else ""
    return [
        *basis,
        f"Sở đã khảo sát, lập phương án ngầm hóa tuyến {route.name} (mã {route.code}){street}"
        f"{where}{year}. Tuyến dài {length} m, gồm {len(segments)} đoạn như sau.{owner}",
    ]


def _rows(route: Route, segments: list[Segment], estimate: Estimate) -> list[list[str]]:
    marks = geometry.chainages(vertices_of(route.geometry))
    costs = {line.number: line for line in estimate.lines}
    rows = [_row(segment, marks, costs[segment.order + 1]) for segment in segments]
    total = _dong(int(estimate.total)) if estimate.is_complete else NOT_TOLD
    return [*rows, ["Cộng", "", "", _metres(marks[-1]), "", "", total]]


def _row(segment: Segment, marks: list[float], cost: CostLine) -> list[str]:
    depth = segment.cover_depth_m
    return [
        str(segment.order + 1),
        f"{_metres(marks[segment.start_vertex])} – {_metres(marks[segment.end_vertex])}",
        f"{segment.get_method_display()}; {str(segment.get_surface_display()).lower()}",
        _metres(segment.length_m),
        NOT_TOLD if depth is None else number_format(depth, decimal_pos=2),
        NOT_TOLD if segment.duct_count is None else str(segment.duct_count),
        "chưa có đơn giá" if cost.amount is None else _dong(int(cost.amount)),
    ]


def _cost_words(estimate: Estimate) -> list[str]:
    if estimate.is_empty:
        return ["Chưa có đơn giá được nhập cho các phương án nêu trên nên chưa tính kinh phí."]
    rates = {line.rate.method: line.rate for line in estimate.lines if line.rate}
    sources = "; ".join(
        f"{_dong(int(rate.vnd_per_m))} đồng/m theo {rate.source}" for rate in rates.values()
    )
    part = "" if estimate.is_complete else " (chưa gồm các đoạn chưa có đơn giá)"
    mark = " Đơn giá có phần minh họa." if estimate.is_illustrative else ""
    words = f"Kinh phí dự kiến{part}: {_dong(int(estimate.total))} đồng. Đơn giá: {sources}.{mark}"
    return [words]


def _rule_words(route: Route, on: date) -> list[str]:
    findings = findings_on(route, on)
    told = [f for f in findings if f.severity in {Severity.ADVISORY, Severity.UNDETERMINED}]
    if not told:
        return ["Kết quả kiểm tra phương án: không có nội dung cần lưu ý."]
    lines = (f"- {fact(f)}{_source(source_of(f))}" for f in told)
    return ["Các nội dung cần lưu ý khi xem xét:", *lines]


def _source(source: str) -> str:
    return f" ({source})" if source else ""


def _request(route: Route) -> str:
    return (
        "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định phương án ngầm hóa tuyến "
        f"{route.name} nêu trên (sơ đồ tuyến kèm theo)."
    )


def _inset(route: Route, segments: Iterable[Segment]) -> dict[str, str]:
    west, south, east, north = route.geometry.extent
    bounds = (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": segment.geometry.coords},
            "properties": {"tone": "new", "label": str(segment.order + 1)},
        }
        for segment in segments
    ]
    title = f"Sơ đồ tuyến {route.name} (số trên sơ đồ là số đoạn)"
    return {"title": title, "svg": inset_svg(bounds, features=features)}


def _metres(value: float) -> str:
    return number_format(round(value, 1), decimal_pos=1, force_grouping=True)


def _dong(value: int) -> str:
    return number_format(value, force_grouping=True)
