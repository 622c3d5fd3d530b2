"""What base.html needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from infra.ground import mail
from infra.ground.demo_banner import demo_banner
from infra.models import Notice
from infra.web.shell.menu import links_for, tabs_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Menu, tabs, unread notices, today's date and the demo mark; read only when drawn."""

    def unread() -> int:
        if not request.user.is_authenticated:
            return 0
        return Notice.objects.filter(recipient=request.user, read_at=None).count()

    links = links_for(request.user, request.path) if hasattr(request, "user") else []
    return {
        "menu": links,
        "tabs": tabs_for(request.user, links) if links else [],
        "unread_notices": SimpleLazyObject(unread),
        "today": timezone.localdate(),
        "demo_mode": settings.DEMO_MODE,
        "demo_banner": demo_banner(),
        "mail_is_set_up": mail.is_set_up(),
    }
