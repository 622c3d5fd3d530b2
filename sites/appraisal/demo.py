"""Illustrative dossiers in every state, each walked there through the services people use."""

import datetime
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from infra.cases.dossiers.comments import comment_add
from infra.cases.dossiers.services import (
    consultation_answer,
    dossier_consult,
    dossier_draft,
    dossier_step,
)
from infra.demo.paper import a_paper
from infra.files.services import attach_bytes
from infra.ground.choices import Opinion, OrganisationKind, ProcedureKind
from infra.ground.loading import Report
from infra.models import Dossier, Organisation, Procedure, User
from infra.people.accounts.demo import demo_user
from infra.places.geo.measure import destination
from sites.appraisal.selectors.dossiers import blocking_rules, fresh_screening
from sites.appraisal.services.dossiers import candidate_save
from sites.appraisal.services.outcomes import candidate_decide
from sites.appraisal.services.screening import screen_dossier
from sites.choices import Footing, MastClass, Outcome, RelocationReason, Structure
from sites.models import CandidateLocation, Mast

_NAMESPACE = uuid.UUID("b53cfc0e-0f0b-4d5b-9c8a-52a6f2d1f7aa")


@dataclass(frozen=True)
class _Team:
    """Who acts in the demo."""

    viettel: User
    vnpt: User
    officer: User
    head: User
    leader: User
    clerk: User
    commune: User


@dataclass(frozen=True)
class _Story:
    """One dossier: how many positions, and how far it went."""

    key: str
    operator: str
    kind: ProcedureKind
    title: str
    positions: int
    ends_at: str


_NEW, _MOVE = ProcedureKind.NEW_POSITION, ProcedureKind.RELOCATION
_STORIES = (
    _Story("returned", "viettel", _NEW, "Vị trí trạm 5G đợt 1 tại Cao Lãnh", 5, "return_result"),
    _Story("issued", "vnpt", _NEW, "Vị trí trạm mới khu vực Sa Đéc", 3, "issue"),
    _Story("signed", "viettel", _MOVE, "Di dời trạm do mở rộng đường", 1, "sign"),
    _Story("with-leader", "vnpt", _NEW, "Vị trí trạm 5G nội ô Sa Đéc", 4, "submit_to_leader"),
    _Story("with-head", "viettel", _MOVE, "Di dời trạm hết hợp đồng thuê", 2, "propose"),
    _Story("appraising", "viettel", _NEW, "Vị trí trạm 5G đợt 2 tại Cao Lãnh", 12, "consult"),
    _Story("appraising-2", "vnpt", _NEW, "Vị trí trạm mới tại Hồng Ngự", 2, "receive"),
    _Story("supplement", "vnpt", _MOVE, "Di dời trạm theo kiến nghị", 1, "request_supplement"),
    _Story("submitted", "viettel", _NEW, "Vị trí trạm mới tại Hồng Ngự", 3, "submit"),
    _Story("refused", "vnpt", _NEW, "Vị trí trạm gửi nhầm cơ quan", 1, "refuse_at_intake"),
    _Story("withdrawing", "viettel", _NEW, "Vị trí trạm xin rút", 1, "request_withdrawal"),
    _Story("withdrawn", "vnpt", _NEW, "Vị trí trạm đã rút", 1, "accept_withdrawal"),
    _Story("draft", "viettel", _NEW, "Vị trí trạm 5G đợt 3 (đang soạn)", 2, "draft"),
)
_WAY: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submit": ("submit",),
    "refuse_at_intake": ("submit", "refuse_at_intake"),
    "receive": ("submit", "receive"),
    "consult": ("submit", "receive", "consult"),
    "request_supplement": ("submit", "receive", "request_supplement"),
    "request_withdrawal": ("submit", "receive", "request_withdrawal"),
    "accept_withdrawal": ("submit", "receive", "request_withdrawal", "accept_withdrawal"),
}
_TO_RESULT = ("decide", "propose", "submit_to_leader", "sign", "issue", "return_result")
_REASONS = {
    "refuse_at_intake": "Vị trí thuộc địa bàn tỉnh khác; đề nghị gửi đúng cơ quan (minh họa).",
    "request_withdrawal": "Thay đổi kế hoạch đầu tư (minh họa).",
}
# Anchors near the towns that have houses, power lines and schools to find: longitude, latitude.
_ANCHORS = {
    "Cao Lãnh": (105.6321, 10.4602),
    "Sa Đéc": (105.7570, 10.2910),
    "Hồng Ngự": (105.3423, 10.8088),
}


@transaction.atomic
def load_dossiers(report: Report) -> None:
    """Create the illustrative dossiers once."""
    if Dossier.objects.exists() or demo_user("viettel") is None:
        return
    walker = _Walker()
    for story in _STORIES:
        walker.tell(story)
    report(f"Hồ sơ: {Dossier.objects.count()} (minh họa), đủ mọi trạng thái.")


def _team() -> _Team:
    people = {
        "viettel": "viettel",
        "vnpt": "vnpt",
        "officer": "chuyenvien",
        "head": "truongphong",
        "leader": "lanhdao",
        "clerk": "vanthu",
        "commune": "xaphuong",
    }
    return _Team(**{part: User.objects.get(pk=_found(key).pk) for part, key in people.items()})


def _found(key: str) -> User:
    user = demo_user(key)
    if user is None:
        msg = f"The demo account {key} is missing: load the demo's people first."
        raise LookupError(msg)
    return user


class _Walker:
    """Walks each story step by step, from one seeded source of chance."""

    def __init__(self) -> None:
        self.team = _team()
        self.chance = random.Random(2030)  # noqa: S311 - demo data is no secret
        self.today = timezone.localdate()

    def tell(self, story: _Story) -> None:
        """Draft the dossier, then take every step of its way."""
        dossier = self._draft(story)
        for step in self._way(story):
            self._take(dossier, story, step)
            dossier.refresh_from_db()

    def _way(self, story: _Story) -> tuple[str, ...]:
        if story.ends_at in _WAY:
            return _WAY[story.ends_at]
        last = _TO_RESULT.index(story.ends_at) + 1
        return ("submit", "receive", "consult", *_TO_RESULT[:last])

    def _draft(self, story: _Story) -> Dossier:
        operator: User = getattr(self.team, story.operator)
        procedure = Procedure.objects.filter(kind=story.kind, valid_to=None).latest("valid_from")
        company = Organisation.objects.get(code=story.operator)
        dossier = dossier_draft(
            uuid=uuid.uuid5(_NAMESPACE, story.key),
            procedure=procedure,
            applicant=company,
            title=f"{story.title} (minh họa)",
            actor=operator,
            letter_number=f"{self.chance.randint(100, 999)}/CV",
            letter_date=self.today - datetime.timedelta(days=3),
        )
        for order in range(1, story.positions + 1):
            self._position(dossier, story, operator, order)
        for part in procedure.components.filter(is_required=True):
            attach_bytes(
                dossier, f"{part.code}.pdf", a_paper(part.name), operator, component=part.code
            )
        return dossier

    def _position(self, dossier: Dossier, story: _Story, operator: User, order: int) -> None:
        town = next((name for name in _ANCHORS if name in story.title), "Cao Lãnh")
        start = Point(*_ANCHORS[town], srid=4326)
        spot = destination(start, self.chance.uniform(0, 360), self.chance.uniform(150, 2600))
        is_roof = order % 4 == 0
        values = {
            "name": f"{dossier.applicant.short_name} {town} {order:02d}",
            "point": spot,
            "mast_class": MastClass.A2A if is_roof else MastClass.A2B,
            "structure": Structure.GUYED if order % 3 else Structure.MONOPOLE,
            "footing": Footing.ROOF if is_roof else Footing.GROUND,
            "height_m": Decimal(self.chance.choice(("18", "30", "42", "44.5", "48"))),
            "building_height_m": Decimal(12) if is_roof else None,
        }
        if story.kind == _MOVE:
            values |= self._moved(dossier.applicant, spot)
        number = uuid.uuid5(_NAMESPACE, f"{story.key}-{order}")
        candidate_save(dossier=dossier, actor=operator, uuid=number, version=0, values=values)

    def _moved(self, company: Organisation, spot: Point) -> dict[str, object]:
        masts = Mast.objects.current().filter(owner=company).order_by("pk")
        nearby = masts.filter(point__coveredby=spot.buffer(0.03)).first() or masts.first()
        return {"old_mast": nearby, "relocation_reason": RelocationReason.ROAD_WIDENING}

    def _take(self, dossier: Dossier, story: _Story, step: str) -> None:
        special: dict[str, Callable[[Dossier], object]] = {
            "consult": partial(self._consult, is_open=story.ends_at == "consult"),
            "decide": self._decide,
        }
        if step in special:
            special[step](dossier)
            return
        actor: User = getattr(self.team, self._actor_of(step, story))
        data = self._data_of(step)
        reason = _REASONS.get(step, "")
        version = dossier.version
        dossier_step(dossier, step, actor=actor, version=version, reason=reason, data=data)

    @staticmethod
    def _actor_of(step: str, story: _Story) -> str:
        by_step = {
            "submit": story.operator,
            "request_withdrawal": story.operator,
            "submit_to_leader": "head",
            "sign": "leader",
            "issue": "clerk",
            "return_result": "clerk",
        }
        return by_step.get(step, "officer")

    def _data_of(self, step: str) -> dict[str, object]:
        if step == "request_supplement":
            reply_by = self.today + datetime.timedelta(days=10)
            items = ["Biên bản thỏa thuận dùng chung", "Phương án tháo dỡ cột cũ"]
            return {"items": items, "reply_by": reply_by.isoformat()}
        return {}

    def _consult(self, dossier: Dossier, *, is_open: bool) -> None:
        """Ask two bodies; the commune has answered unless the question stays open."""
        builders = Organisation.objects.get(code="so-xay-dung")
        commune = self.team.commune.organisation
        bodies = [builders] + ([commune] if commune else [])
        question = "Đề nghị cho ý kiến về quy hoạch, kiến trúc tại các vị trí (minh họa)."
        due_on = self.today + datetime.timedelta(days=5)
        dossier_consult(
            dossier,
            bodies=bodies,
            question=question,
            due_on=due_on,
            actor=self.team.officer,
            version=dossier.version,
        )
        if commune and commune.kind == OrganisationKind.COMMUNE and not is_open:
            answer = "Thống nhất các vị trí; lưu ý vận động hộ lân cận (minh họa)."
            actor = self.team.commune
            consultation_answer(
                dossier,
                opinion=Opinion.AGREE,
                answer=answer,
                actor=actor,
                version=dossier.version,
            )
        comment_add(
            dossier,
            body="Đã đối chiếu thực địa vị trí số 1 (minh họa).",
            actor=self.team.officer,
            version=dossier.version,
        )

    def _decide(self, dossier: Dossier) -> None:
        screen_dossier(dossier=dossier, actor=self.team.officer)
        for candidate in dossier.candidates.order_by("order"):
            self._decide_one(candidate)

    def _decide_one(self, candidate: CandidateLocation) -> None:
        screening = fresh_screening(candidate)
        is_blocked = screening is not None and bool(blocking_rules(screening))
        outcome, reason = Outcome.AGREED, ""
        if is_blocked:
            outcome = Outcome.NOT_AGREED
            reason = "Cột đổ có thể chạm đường dây điện; đề nghị chọn vị trí khác (minh họa)."
        elif candidate.order % 3 == 0:
            outcome = Outcome.AGREED_WITH_CONDITIONS
            reason = "Nộp kết quả thẩm tra kết cấu trước khi lắp dựng (minh họa)."
        candidate_decide(
            candidate=candidate,
            actor=self.team.officer,
            version=candidate.version,
            outcome=outcome,
            reason=reason,
        )
