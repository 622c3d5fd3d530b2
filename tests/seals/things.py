"""Sealed things to attack: a frozen, a signed and an issued document, a decided route, a visit."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from infra.cases.documents import services
from infra.files import store
from infra.ground.choices import DocumentType
from infra.models import Document
from sites.models import ChecklistItem, Inspection, InspectionResult, Measurement
from tests.cast import Cast
from tests.factories import make_dossier, make_inspection, make_mast
from tests.workflow.casework import let_sign, upload

SUBJECT = "Phê duyệt tuyến"


def drafted(cast: Cast) -> Document:
    """A document of its own way, not yet frozen."""
    assert cast.operator.organisation
    return services.draft_document(
        target=make_dossier(cast.operator.organisation, cast.operator),
        type=DocumentType.SUBMISSION,
        template="submission",
        context={"addressee": "Ủy ban nhân dân tỉnh", "opening": ["Kính trình."]},
        subject=SUBJECT,
    )


def frozen(cast: Cast) -> Document:
    """It waits for the leader's signature."""
    document = drafted(cast)
    services.freeze_for_signature(document, actor=cast.head, version=document.version)
    return document


def signed(cast: Cast) -> Document:
    """It waits for the clerk."""
    let_sign(cast.leader, DocumentType.SUBMISSION)
    document = frozen(cast)
    services.sign(document, actor=cast.leader, version=document.version)
    return document


def issued(cast: Cast) -> Document:
    """It went out with number and date."""
    document = signed(cast)
    assert document.draft_file
    services.issue(
        document,
        actor=cast.clerk,
        version=document.version,
        number="45",
        issued_on=timezone.localdate(),
        signed_file=upload(store.read_bytes(document.draft_file.sha256), "da-ky.pdf"),
    )
    return document


def visit(cast: Cast, **fields: Any) -> Inspection:
    """A recorded visit with one answer and one measurement, in one transaction."""
    item = ChecklistItem.objects.create(
        code=f"item-{uuid4().hex[:8]}",
        section="Thân cột",
        label="Thanh giằng",
        source="Minh họa",
        valid_from="2020-01-01",
    )
    row = make_inspection(make_mast(), cast.inspector, **fields)
    InspectionResult.objects.create(inspection=row, item=item, result="fail", severity=4)
    Measurement.objects.create(inspection=row, quantity="plumb", value=120, unit="mm")
    return row
