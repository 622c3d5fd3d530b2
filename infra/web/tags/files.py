"""`{% original file %}`: the recorded door to a picture as it was sent, for the department."""

from typing import Any

from django import template
from django.template.context import RequestContext

from infra.files.selectors import last_opening
from infra.files.services import is_picture
from infra.models import Attachment

register = template.Library()


@register.inclusion_tag("parts/file_original.html", takes_context=True)
def original(context: RequestContext, file: Attachment) -> dict[str, Any]:
    """A button and who pressed it last; nothing for others, and for what is no picture."""
    user = context["request"].user
    is_shown = user.is_authenticated and user.is_department and is_picture(file)
    return {
        "file": file,
        "is_shown": is_shown,
        "opening": last_opening(file) if is_shown else None,
        "csrf_token": context.get("csrf_token"),
    }
