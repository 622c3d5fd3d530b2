"""A document's page and file, and the public page behind its QR code."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from infra.cases.documents.cases import moves_with_case
from infra.cases.documents.pdf import render_pdf
from infra.cases.documents.verify import verdict_of
from infra.cases.workflow.addresses import page_of
from infra.cases.workflow.trail import steps_of
from infra.files.views import stored_file
from infra.ground.choices import DocumentState
from infra.models import Document
from infra.models.document import OUT
from infra.people.access.people import person_of


@login_required
@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the document stands, its file, its next steps."""
    user = person_of(request)
    document = get_object_or_404(_documents(user), uuid=uuid)
    context = {
        "document": document,
        "has_case": moves_with_case(document),
        "case_url": page_of(document.target),
        "entries": list(steps_of(document, user)),
        "is_out": document.state in OUT,
    }
    return render(request, "infra/documents/detail.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The issued file, or the frozen one; a draft is drawn as it stands now."""
    user = person_of(request)
    document = get_object_or_404(_documents(user), uuid=uuid)
    file = document.signed_file or document.draft_file
    if file and document.state != DocumentState.DRAFT:
        return stored_file(request, file)
    response = HttpResponse(render_pdf(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.type}-du-thao.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@never_cache
def verify(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Public: whether a document is valid, replaced, withdrawn or expired; no personal data."""
    document = Document.objects.filter(uuid=uuid, state__in=OUT).first()
    if document is None:
        return render(request, "infra/documents/verify_unknown.html", status=404)
    context = {"document": document, "verdict": verdict_of(document)}
    return render(request, "infra/documents/verify.html", context)


def _documents(user: Any) -> Any:
    rows = Document.objects.visible_to(user)
    return rows.select_related("signer", "draft_file", "signed_file", "replaced_by")
