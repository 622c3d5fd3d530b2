"""Who, where and through which door, for every request that may write."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as BaseHistoryMiddleware


class HistoryMiddleware(BaseHistoryMiddleware):
    """Adds the door: `api` below /api/, `page` elsewhere; services add the reason."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """User, address and door of a request."""
        door = "api" if request.path.startswith("/api/") else "page"
        return {**super().get_context(request), "door": door}
