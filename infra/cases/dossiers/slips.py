"""Slips that the system drafts by itself: receipt and supplement request."""

from django.utils import timezone

from infra.cases.documents.services import draft_document
from infra.files.selectors import files_of
from infra.ground.choices import DocumentType
from infra.models import Document, Dossier, SupplementRequest, User


def draft_receipt(dossier: Dossier, actor: User) -> Document:
    """The receipt with the papers handed in and the due date."""
    procedure = dossier.procedure
    counts: dict[str, int] = {}
    for file in files_of(dossier, actor):
        counts[file.component] = counts.get(file.component, 0) + 1
    received = timezone.localtime(dossier.received_at) if dossier.received_at else None
    context = {
        "code": str(dossier),
        "applicant": dossier.applicant.name,
        "title": dossier.title,
        "procedure": procedure.name,
        "legal_basis": procedure.printed_basis,
        "external_code": dossier.external_code,
        "components": [
            {"name": part.name, "count": counts[part.code]}
            for part in procedure.components.all()
            if part.code in counts
        ],
        "received_at": f"{received:%H giờ %M, ngày %d/%m/%Y}" if received else "",
        "working_days": procedure.working_days,
        "due_on": f"{dossier.due_on:%d/%m/%Y}" if dossier.due_on else "",
        "recipients": [dossier.applicant.name],
        "unit_kept": "BCVT",
    }
    return draft_document(
        target=dossier,
        type=DocumentType.RECEIPT,
        template="receipt",
        context=context,
        subject=f"Giấy tiếp nhận hồ sơ {dossier} và hẹn trả kết quả",
    )


def draft_supplement(dossier: Dossier, request: SupplementRequest) -> Document:
    """The one itemised request for what is missing."""
    context = {
        "code": str(dossier),
        "applicant": dossier.applicant.name,
        "title": dossier.title,
        "items": list(request.items),
        "reply_by": f"{request.reply_by:%d/%m/%Y}" if request.reply_by else "",
        "recipients": [dossier.applicant.name],
        "unit_kept": "BCVT",
    }
    return draft_document(
        target=dossier,
        type=DocumentType.SUPPLEMENT,
        template="supplement",
        context=context,
        subject=f"Yêu cầu bổ sung hồ sơ {dossier}",
    )
