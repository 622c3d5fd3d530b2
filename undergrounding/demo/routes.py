"""Illustrative routes along the demo towns' avenues, walked to every state."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from infra.cases.documents.selectors import current_document
from infra.cases.documents.services import issue
from infra.cases.workflow.engine import fire
from infra.demo.paper import a_paper
from infra.ground.choices import Confidence, ConstraintKind, DocumentType
from infra.ground.loading import Report
from infra.models import ConstraintFeature, User
from infra.people.accounts.demo import demo_user
from infra.places.geo.measure import length_m
from undergrounding.choices import Method, Surface
from undergrounding.drawing import Drawing, Save, SegmentDrawing
from undergrounding.geometry import Span
from undergrounding.models import CostRate, Route
from undergrounding.services.decisions import decision_attach
from undergrounding.services.rates import rate_save
from undergrounding.services.routes import route_save

_NAMESPACE = uuid.UUID("3f4de1f0-65c7-4f0c-8df8-0b0a4a3a7d52")
_SOURCE = "Minh họa: đơn giá giả định của bản demo, không dùng để lập dự toán"
_RATES = {
    Method.TIDY: 90_000,
    Method.EXISTING_DUCT: 160_000,
    Method.OPEN_TRENCH_PAVEMENT: 1_250_000,
    Method.OPEN_TRENCH_ROAD: 1_900_000,
    Method.HDD: 3_400_000,
}
# How far each route went, one avenue each.
_TO_COMMITTEE = ("submit", "submit_to_leader", "submit_to_committee")
_TO_APPROVAL = (*_TO_COMMITTEE, "record_approval")
_WAYS: tuple[tuple[str, ...], ...] = (
    (*_TO_APPROVAL, "start_works", "finish"),
    (*_TO_APPROVAL, "start_works"),
    _TO_APPROVAL,
    _TO_COMMITTEE,
    (*_TO_COMMITTEE, "record_refusal"),
    ("submit", "submit_to_leader"),
    ("submit",),
    (),
    _TO_APPROVAL,
    ("submit",),
    (),
)
_ACTORS = {"submit_to_leader": "truongphong", "submit_to_committee": "giamdoc"}
_SHORTEST_M = 450.0


@transaction.atomic
def load_routes(report: Report) -> None:
    """Create the illustrative rates and routes once."""
    planner = demo_user("quyhoach")
    if planner is None or Route.objects.exists():
        return
    _rates(planner)
    for rank, (avenue, way) in enumerate(zip(_avenues(), _WAYS, strict=False), start=1):
        route = _draw(planner, avenue, rank)
        for step in way:
            _take(route, planner, step, rank)
    report(f"Tuyến ngầm hóa: {Route.objects.count()} (minh họa).")


def _rates(planner: User) -> None:
    for method, amount in _RATES.items():
        rate = CostRate(
            method=method,
            vnd_per_m=Decimal(amount),
            source=_SOURCE,
            confidence=Confidence.ILLUSTRATIVE,
            valid_from=datetime.date(2025, 1, 1),
        )
        rate_save(actor=planner, rate=rate)


def _avenues() -> list[ConstraintFeature]:
    """One long stretch per avenue name."""
    rows = ConstraintFeature.objects.filter(
        kind=ConstraintKind.ROAD, dataset__is_current=True, properties__has_key="avenue"
    ).order_by("pk")
    by_name: dict[str, ConstraintFeature] = {}
    for row in rows:
        if length_m(row.geometry) >= _SHORTEST_M:
            by_name.setdefault(row.name, row)
    return list(by_name.values())


def _draw(planner: User, avenue: ConstraintFeature, rank: int) -> Route:
    vertices = tuple((lon, lat) for lon, lat in avenue.geometry.coords)
    last = len(vertices) - 1
    middle = max(1, last // 2)
    drawing = Drawing(
        name=f"Ngầm hóa đường {avenue.name} (minh họa)",
        street=avenue.name,
        vertices=vertices,
        segments=(
            _stretch(0, middle, Method.OPEN_TRENCH_PAVEMENT, Surface.PAVEMENT, "0.60"),
            _stretch(middle, last, Method.OPEN_TRENCH_ROAD, Surface.ROAD, "0.80"),
        ),
        planned_year=2026 + rank % 5,
        note="Minh họa",
    )
    save = Save(drawing, None, None)
    return route_save(actor=planner, uuid=uuid.uuid5(_NAMESPACE, str(rank)), save=save)


def _stretch(start: int, end: int, method: Method, surface: Surface, depth: str) -> SegmentDrawing:
    return SegmentDrawing(Span(start, end), method, surface, Decimal(depth), 4, "")


def _take(route: Route, planner: User, step: str, rank: int) -> None:
    actor = demo_user(_ACTORS.get(step, "")) or planner
    data: dict[str, Any] = {}
    if step.startswith("record_"):
        _number(route)
        paper = ContentFile(a_paper("Quyết định của UBND tỉnh"), name="quyet-dinh.pdf")
        file = decision_attach(route=route, actor=actor, upload=paper)
        today = timezone.localdate().isoformat()
        data = {"number": f"MH-{rank:02d}/QĐ-UBND", "decided_on": today, "file": str(file.uuid)}
    fire(
        workflow="route",
        target=route,
        transition=step,
        actor=actor,
        version=route.version,
        data=data,
    )


def _number(route: Route) -> None:
    """The clerk numbers the submission before the committee can answer it."""
    clerk = demo_user("vanthu")
    submission = current_document(route, DocumentType.SUBMISSION)
    if clerk is not None and submission is not None:
        issue(submission, actor=clerk, version=submission.version)
