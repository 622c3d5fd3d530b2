"""`/tep/<uuid>/`: a file, always as a download that no page can run."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from infra.files import store
from infra.files.registry import may_read
from infra.models import Attachment
from infra.people.access.people import person_of


@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """404 for a file whose object the person does not see."""
    attachment = get_object_or_404(Attachment.objects.select_related("target_type"), uuid=uuid)
    user = person_of(request)
    if not may_read(user, attachment):
        raise Http404
    return stored_file(request, attachment)


def stored_file(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The bytes with the headers that keep them harmless; 304 for who has them already."""
    tag = f'"{attachment.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = FileResponse(
            store.open_bytes(attachment.sha256),
            as_attachment=True,
            filename=attachment.name,
            content_type=attachment.content_type,
        )
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
