"""`/tep/<uuid>/`: a file, always as a download that no page can run.

A picture goes out as it was rewritten; as it was sent it goes out at `/tep/<uuid>/goc/` alone,
to the department, and who opened it is written down.
"""

from pathlib import Path
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from infra.files import store
from infra.files.registry import may_read
from infra.files.services import is_picture, open_original, shown_picture
from infra.ground.errors import Forbidden
from infra.models import Attachment, User
from infra.people.access.people import person_of


@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """404 for a file whose object the person does not see."""
    return stored_file(request, _readable(person_of(request), uuid))


@login_required
@require_POST
def original(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The picture with all that the camera wrote: by POST, because opening it leaves a record."""
    person = person_of(request)
    attachment = _readable(person, uuid)
    if not is_picture(attachment):
        raise Http404
    if not person.is_department:
        raise Forbidden(_("The original of a picture is evidence: the department alone opens it."))
    path = open_original(attachment, person, get_adapter(request).get_client_ip(request))
    response = _harmless(path, attachment)
    response.headers["Cache-Control"] = "no-store"
    return response


def stored_file(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """What is shown of the file, with headers that keep it harmless; 304 for who has it already."""
    if is_picture(attachment):
        path, tag = shown_picture(attachment), f'"{attachment.sha256}-shown"'
    else:
        path, tag = store.path_of(attachment.sha256), f'"{attachment.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _harmless(path, attachment)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _harmless(path: Path, attachment: Attachment) -> FileResponse:
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _readable(person: User, uuid: UUID) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.select_related("target_type"), uuid=uuid)
    if not may_read(person, attachment):
        raise Http404
    return attachment
