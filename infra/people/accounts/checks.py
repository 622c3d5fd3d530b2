"""`manage.py check`: demo mode and the outside world never meet."""

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def demo_mode_stays_at_home(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """infra.E001 when demo mode allows a host that is not the loopback."""
    if not settings.DEMO_MODE:
        return []
    abroad = [host for host in settings.ALLOWED_HOSTS if not _is_loopback(host)]
    if not abroad:
        return []
    return [
        Error(
            f"DEMO_MODE=1 has open accounts but ALLOWED_HOSTS names {', '.join(abroad)}.",
            hint="Leave only localhost, 127.0.0.1 and [::1], or set DEMO_MODE=0.",
            id="infra.E001",
        )
    ]


def _is_loopback(host: str) -> bool:
    if host in {"localhost", "testserver"}:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
