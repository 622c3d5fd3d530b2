"""`/healthz`: what load balancers, containers and the administrator ask."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from infra.work.health.checks import OK, PARTS, WELL


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; `?parts=database,disk` asks only for some."""
    asked = request.GET.get("parts", "").split(",")
    told = {name: look() for name, look in PARTS.items() if asked == [""] or name in asked}
    well = bool(told) and all(word in WELL for word in told.values())
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": OK if well else "failing", **told}, status=status)
