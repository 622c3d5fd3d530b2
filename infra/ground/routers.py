"""The routers of the JSON API: each part adds its own in `AppConfig.ready()`."""

from ninja import Router

from infra.ground.registry import Registry

ROUTERS: Registry[Router] = Registry("router")


def register_router(prefix: str, router: Router) -> None:
    """Serve the router below /api/v1/<prefix>/."""
    ROUTERS.register(prefix, router)
