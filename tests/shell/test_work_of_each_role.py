"""Each role's home with many rows of each kind: one line, its count, and a list that shows all."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from infra.ground.choices import (
    Confidence,
    DeliveryState,
    DocumentState,
    DocumentType,
    DossierState,
    ImportState,
)
from infra.models import (
    Consultation,
    Document,
    ImportRun,
    LayerLoad,
    NoticeDelivery,
    Procedure,
    RegulationLimit,
    User,
)
from infra.people.worklist import KINDS
from sites.choices import Grade
from sites.models import RemediationProposal
from tests.cast import Cast
from tests.factories import (
    home,
    make_authority,
    make_dossier,
    make_inspection,
    make_mast,
    make_notice,
    make_procedure,
    make_route,
    make_station,
)
from tests.reading import page_text
from tests.seals.aside import seals_aside
from undergrounding.choices import RouteState

pytestmark = pytest.mark.django_db
MANY = range(60)
Names = Iterable[str]


def dossiers(state: str) -> Callable[[Cast], Names]:
    def make(cast: Cast) -> Names:
        make_dossier(home(cast.rival), cast.rival, state=DossierState.DRAFT, title="Riêng của B")
        for number in MANY:
            due_on = timezone.localdate() + timedelta(days=number - 20)
            facts = {"state": state, "due_on": due_on, "title": f"Đề nghị số {number:03}"}
            yield str(make_dossier(home(cast.operator), cast.operator, **facts))

    return make


def questions(cast: Cast) -> Names:
    for number in MANY:
        dossier = make_dossier(home(cast.operator), cast.operator)
        for body, question in ((cast.consulted, "Có vướng?"), (cast.rival, "Hỏi bên khác")):
            Consultation.objects.create(
                dossier=dossier,
                body=home(body),
                question=f"{question} {number:03}",
                asked_by=cast.officer,
                due_on=date(2026, 12, 1),
            )
        yield f"Có vướng? {number:03}"


def documents(state: str) -> Callable[[Cast], Names]:
    """Submissions of their own; letters of a dossier move with it and are no line."""

    def make(cast: Cast) -> Names:
        make_authority(cast.leader, document_type=DocumentType.MINUTES)
        dossier = make_dossier(home(cast.operator), cast.operator)
        kind = ContentType.objects.get_for_model(dossier)
        facts = {"target_type": kind, "target_id": dossier.pk, "state": state}
        subjects = [f"Biên bản {number:03}" for number in MANY]
        with seals_aside(Document):
            Document.objects.create(
                type=DocumentType.REPLY_LETTER, subject="Thư đi cùng hồ sơ", **facts
            )
            Document.objects.bulk_create(
                Document(type=DocumentType.MINUTES, subject=subject, **facts)
                for subject in subjects
            )
        return subjects

    return make


def proposals(cast: Cast) -> Names:
    for number in MANY:
        mast = make_mast(code=f"CỘT-{number:03}", grade=Grade.D)
        RemediationProposal.objects.create(
            mast=mast,
            inspection=make_inspection(mast, cast.inspector),
            grade=Grade.D,
            action="Rào chắn",
            due_at=timezone.now() + timedelta(days=number),
        )
        yield mast.code


def masts(**fields: Any) -> Callable[[Cast], Names]:
    def make(cast: Cast) -> Names:
        make_mast(code="ĐÃ-THÁO", operating_status="dismantled", **fields)
        for number in MANY:
            yield make_mast(code=f"CỘT-{number:03}", **fields).code

    return make


def own_masts(cast: Cast) -> Names:
    make_mast(code="CỦA-B", grade=Grade.D, owner=home(cast.rival))
    for number in MANY:
        yield make_mast(code=f"CỘT-{number:03}", grade=Grade.D, owner=home(cast.operator)).code


def stations(cast: Cast) -> Names:
    mast, today = make_mast(), timezone.localdate()
    make_station(mast, home(cast.rival), code="TRẠM-B", emf_valid_until=today)
    make_station(mast, home(cast.operator), code="CÒN-HẠN", emf_valid_until=date(2099, 1, 1))
    for number in MANY:
        ends = today + timedelta(days=number)
        station = make_station(
            mast, home(cast.operator), code=f"TRẠM-{number:03}", emf_valid_until=ends
        )
        yield station.code


def imports(cast: Cast) -> Names:
    for number in MANY:
        for person, name in ((cast.officer, "cot"), (cast.administrator, "khac")):
            ImportRun.objects.create(
                kind="masts",
                file_name=f"{name}-{number:03}.csv",
                sha256="0" * 64,
                size=1,
                state=ImportState.CHECKED,
                created_by=person,
            )
        yield f"cot-{number:03}.csv".capitalize()


def layer_loads(cast: Cast) -> Names:
    for number in MANY:
        LayerLoad.objects.create(
            kind="school",
            file_name=f"truong-{number:03}.gpkg",
            sha256="0" * 64,
            size=1,
            source="Sở",
            source_date=timezone.localdate(),
            state=ImportState.CHECKED,
            created_by=cast.officer,
        )
        yield f"Truong-{number:03}.gpkg"


def limits(_cast: Cast) -> Names:
    for number in MANY:
        yield RegulationLimit.objects.create(
            code=f"thu-{number}",
            value=1,
            unit="m",
            label=f"Giới hạn {number:03}",
            instrument="QĐ",
            confidence=Confidence.UNVERIFIED,
            valid_from=date(2020, 1, 1),
            review_on=timezone.localdate() - timedelta(days=number),
        ).label


def procedures(_cast: Cast) -> Names:
    Procedure.objects.update(review_on=None)
    for number in MANY:
        yield make_procedure(
            code=f"thu-tuc-{number}",
            name=f"Thủ tục {number:03}",
            review_on=timezone.localdate() - timedelta(days=number),
        ).name


def letters(cast: Cast) -> Names:
    for number in MANY:
        notice = make_notice(cast.officer, f"Thư {number:03}")
        NoticeDelivery.objects.create(
            notice=notice, channel="email", state=DeliveryState.FAILED, error="từ chối"
        )
        yield f"Thư {number:03}"


def routes(state: str) -> Callable[[Cast], Names]:
    def make(cast: Cast) -> Names:
        for number in MANY:
            yield make_route(cast.planner, name=f"Tuyến thử {number:03}", state=state).name

    return make


@dataclass(frozen=True)
class Case:
    """A role, the kind of work it has much of, and how that much is made."""

    role: str
    kind: str
    make: Callable[[Cast], Names]


S, R = DossierState, RouteState
UNSEEN_C = masts(grade=Grade.C, last_verified_on=None)
CASES = [
    Case("officer", "dossiers", dossiers(S.APPRAISING)),
    Case("operator", "dossiers", dossiers(S.SUPPLEMENT_REQUESTED)),
    Case("head", "dossiers", dossiers(S.WITH_HEAD)),
    Case("leader", "dossiers", dossiers(S.WITH_LEADER)),
    Case("clerk", "dossiers", dossiers(S.SIGNED)),
    Case("consulted", "questions", questions),
    Case("leader", "documents", documents(DocumentState.FOR_SIGNATURE)),
    Case("clerk", "documents", documents(DocumentState.SIGNED)),
    Case("officer", "proposals", proposals),
    Case("head", "proposals", proposals),
    Case("inspector", "dangers-due", proposals),
    Case("officer", "dangers-unproposed", masts(grade=Grade.D)),
    Case("inspector", "dangers-unproposed", masts(grade=Grade.D)),
    Case("inspector", "degraded", UNSEEN_C),
    Case("operator", "own-dangers", own_masts),
    Case("operator", "certificates", stations),
    Case("officer", "imports", imports),
    Case("officer", "layer-loads", layer_loads),
    Case("administrator", "limit-reviews", limits),
    Case("administrator", "procedure-reviews", procedures),
    Case("administrator", "letters", letters),
    Case("planner", "routes", routes(R.DRAFT)),
    Case("head", "routes", routes(R.WITH_HEAD)),
    Case("leader", "routes", routes(R.WITH_LEADER)),
    Case("clerk", "routes", routes(R.WITH_COMMITTEE)),
]


def test_every_kind_of_work_is_tried() -> None:
    assert {case.kind for case in CASES} == {str(key) for key, _kind in KINDS.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.role}-{case.kind}")
def test_many_are_one_line_and_the_list_behind_shows_them_all(
    case: Case, cast: Cast, client: Client
) -> None:
    person: User = getattr(cast, case.role)
    names = list(case.make(cast))
    client.force_login(person)
    page = page_text(client.get("/"))
    label = str(KINDS.get(case.kind).label)
    folds = re.findall(r'workfold" href="([^"]+)">.*?workitem-title">([^<]+)<', page)
    links = [unescape(url) for url, title in folds if title == label]
    assert len(links) == 1, folds
    after = page.split(f">{label}<")[1]
    assert re.search(r"xem tất cả ([\d.]+)", after).group(1) == str(len(names))  # type: ignore[union-attr]
    assert page.count('class="workitem"') < 2 * len(MANY) / 3
    text = whole_list(client, links[0])
    missing = [name for name in names if name not in text]
    assert not missing
    for foreign in ("Riêng của B", "Hỏi bên khác", "Thư đi cùng", "ĐÃ-THÁO", "CỦA-B", "TRẠM-B"):
        assert foreign not in text + page


def whole_list(client: Client, url: str) -> str:
    """All pages of a list."""
    base, text = url.partition("?")[0], ""
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, url
        page = unescape(page_text(answer))
        text += page
        more = re.search(r'rel="next" href="([^"]+)"', page)
        url = base + more.group(1) if more else ""
    return text
