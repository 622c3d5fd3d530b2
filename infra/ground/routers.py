"""The routers of the JSON API: each part adds its own in `AppConfig.ready()`."""

from ninja import Router

_routers: dict[str, Router] = {}


def register_router(prefix: str, router: Router) -> None:
    """Serve the router below /api/v1/<prefix>/."""
    _routers.setdefault(prefix, router)


def routers() -> dict[str, Router]:
    """By prefix."""
    return dict(_routers)
