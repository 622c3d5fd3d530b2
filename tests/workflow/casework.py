"""A dossier of company A on its way: steps taken by the right people, a letter, a signer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import File

from infra.cases.documents.services import draft_document
from infra.cases.dossiers.services import dossier_step
from infra.cases.workflow import registry
from infra.ground.choices import DocumentType, DossierState, SignMode
from infra.models import Document, Dossier, SigningAuthority, User
from tests.cast import Cast
from tests.factories import make_dossier

# Bound by the half that owns the procedure; these tests are about the ground floor.
OF_THE_HALF = ("candidates_present", "screened", "outcomes_decided")


@contextmanager
def the_half_bound() -> Iterator[None]:
    """Inside, the half's guards pass, and its letter is a short one."""
    guards: dict[str, registry.Guard] = dict.fromkeys(OF_THE_HALF, lambda *_args: [])
    effects = {"draft_letter": lambda dossier, *_args: _short_letter(dossier)}
    with registry.GUARDS.temporarily(guards), registry.EFFECTS.temporarily(effects):
        yield


def _short_letter(dossier: Any) -> None:
    draft_letter(dossier)


def draft_letter(dossier: Any, **more: Any) -> Document:
    """A reply letter with one position."""
    site = {
        "order": 1,
        "name": "DTH-0142",
        "address": "Phường Cao Lãnh",
        "wgs84": "10,4602° B; 105,6321° Đ",
        "mast": "A2b, 30 m",
        "outcome": "Thống nhất",
    }
    context = {
        "addressee": "Doanh nghiệp A",
        "about": "ý kiến về vị trí trạm BTS",
        "opening": ["Sở trả lời như sau:"],
        "sites": [site],
        "closing": ["Trân trọng./."],
        "recipients": ["Như trên", "UBND phường"],
        "unit_kept": "BCVT",
    }
    return draft_document(
        target=dossier,
        type=DocumentType.REPLY_LETTER,
        template="reply_letter",
        context=context | more.pop("context", {}),
        subject="Ý kiến về vị trí trạm BTS DTH-0142",
        **more,
    )


def let_sign(person: User, kind: str = DocumentType.REPLY_LETTER, **fields: Any) -> None:
    """A row of the table of competence."""
    defaults = {
        "mode": SignMode.KT,
        "signing_title": "Phó Giám đốc",
        "superior_title": "Giám đốc",
        "valid_from": date(2024, 1, 1),
        "source": "Quyết định phân công (minh họa)",
    }
    SigningAuthority.objects.create(person=person, document_type=kind, **(defaults | fields))


def dossier_of_a(cast: Cast, **fields: Any) -> Dossier:
    """A dossier of company A; under appraisal unless said otherwise."""
    assert cast.operator.organisation
    return make_dossier(cast.operator.organisation, cast.operator, **fields)


def submitted_dossier(cast: Cast, **fields: Any) -> Dossier:
    """A dossier that waits for reception."""
    dossier = dossier_of_a(cast, **({"state": DossierState.DRAFT} | fields))
    return step(dossier, "submit", cast.operator)


def step(dossier: Dossier, name: str, actor: User, **options: Any) -> Dossier:
    """One step on the version that stands."""
    return dossier_step(dossier, name, actor=actor, version=dossier.version, **options)


def with_leader(cast: Cast) -> Dossier:
    """A dossier whose letter waits for signature."""
    dossier = submitted_dossier(cast)
    step(dossier, "receive", cast.officer)
    step(dossier, "propose", cast.officer)
    return step(dossier, "submit_to_leader", cast.head)


def upload(content: bytes, name: str) -> "File[Any]":
    """A file as a browser sends it."""
    return File(BytesIO(content), name=name)
