"""The address that a coordinate field asks while somebody types."""

from datetime import date
from http import HTTPStatus
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from infra.ground.answers import problem_answer
from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit
from infra.people.access.decorators import sign_in_required
from infra.places.geo.choices import CHOICE_WGS84, is_choice
from infra.places.territory.live import live_reading

READINGS_A_MINUTE: Final = 240
_MINUTE_S: Final = 60


@sign_in_required
@require_safe
def coordinate_reading(request: HttpRequest) -> JsonResponse:
    """Read `text` under `choice`; `unit` is the declared unit's id, `on` a date (ISO)."""
    if not _may_ask(request):
        sentence = _("Too many readings in a minute. Wait a moment and type on.")
        return problem_answer(HTTPStatus.TOO_MANY_REQUESTS, "too_many", [sentence])
    choice = request.GET.get("choice", CHOICE_WGS84)
    answer = live_reading(
        request.GET.get("text", ""),
        choice if is_choice(choice) else CHOICE_WGS84,
        _declared(request.GET.get("unit", "")),
        _date(request.GET.get("on", "")),
    )
    return JsonResponse(answer, headers={"Cache-Control": "private, no-store"})


def _may_ask(request: HttpRequest) -> bool:
    minute = int(timezone.now().timestamp()) // _MINUTE_S
    key = f"coordinate:{request.user.pk}:{minute}"
    cache.add(key, 0, 2 * _MINUTE_S)
    try:
        return cache.incr(key) <= READINGS_A_MINUTE
    except ValueError:  # the row was culled in between
        return True


def _declared(text: str) -> AdministrativeUnit | None:
    if not text.isdecimal():
        return None
    return AdministrativeUnit.objects.filter(pk=int(text[:18]), level=UnitLevel.COMMUNE).first()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
