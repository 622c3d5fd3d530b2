"""Create, change and archive a mast; somebody quicker is shown beside what was typed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infra.ground.versions import StaleVersion, seen_version
from infra.map.widget import map_config
from infra.models import Organisation
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from infra.work.history.words import in_words
from sites.models import Mast
from sites.permissions import EDITORS, KEEPERS
from sites.register.forms import MastForm
from sites.register.selectors.detail import around
from sites.register.services.masts import (
    mast_archive,
    mast_create,
    mast_unarchive,
    mast_update,
)


@dataclass(frozen=True)
class Difference:
    """One field as it stands now and as the person typed it."""

    label: str
    now: str
    typed: str
    is_different: bool


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def mast_new(request: HttpRequest) -> HttpResponse:
    """A new mast."""
    form = MastForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mast = mast_create(
            actor=person_of(request), data=form.data_for_service(), why=form.reason()
        )
        messages.success(request, _("Mast %s was created.") % mast.code)
        return redirect("sites:mast_detail", uuid=mast.uuid)
    status = 422 if request.method == "POST" else 200
    context = {"form": form} | _place_map(request)
    return render(request, "sites/register/form.html", context, status=status)


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def mast_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a mast; 409 with both versions when somebody saved it meanwhile."""
    mast = get_object_or_404(Mast.objects.visible_to(person_of(request)), uuid=uuid)
    form = MastForm(request.POST or None, instance=mast)
    version = seen_version(request, mast)
    context: dict[str, Any] = {"form": form, "mast": mast, "version": version}
    context |= _place_map(request, mast.point)
    if request.method != "POST":
        return render(request, "sites/register/form.html", context)
    if not form.is_valid():
        return render(request, "sites/register/form.html", context, status=422)
    try:
        mast_update(
            actor=person_of(request),
            uuid=uuid,
            version=version,
            data=form.data_for_service(),
            why=form.reason(),
        )
    except StaleVersion as stale:
        context |= {
            "sentences": stale.sentences,
            "version": stale.current.version,
            "differences": _differences(form, stale.current),
        }
        return render(request, "sites/register/form.html", context, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, "sites/register/form.html", context, status=422)
    messages.success(request, _("Mast %s was saved.") % mast.code)
    return redirect("sites:mast_detail", uuid=uuid)


def _place_map(request: HttpRequest, saved: Point | None = None) -> dict[str, Any]:
    """The map beside the form: where the mast stands on record, or the whole province."""
    focus = around(saved) if saved else None
    return {
        "map": map_config(request, layers=["masts"], focus=focus, keep_address=False),
        "saved_place": {"lon": saved.x, "lat": saved.y} if saved else None,
    }


def _differences(form: MastForm, current: Mast) -> list[Difference]:
    """Field by field what stands now and what was typed; the typed stays in the form."""
    organisations = dict(Organisation.objects.values_list("pk", "short_name"))
    found = []
    for name, typed in form.data_for_service().items():
        field: Any = Mast._meta.get_field(name)
        now = getattr(current, name)
        words = [
            in_words(field, getattr(value, "pk", value), organisations) for value in (now, typed)
        ]
        found.append(Difference(str(field.verbose_name), words[0], words[1], words[0] != words[1]))
    return found


@role_required(*KEEPERS)
@require_POST
def mast_shelve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Archive a mast or bring it back, with the reason."""
    mast = get_object_or_404(Mast.objects.visible_to(person_of(request)), uuid=uuid)
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        messages.error(request, _("Say why."))
        return redirect("sites:mast_detail", uuid=uuid)
    act = {"archive": mast_archive, "restore": mast_unarchive}.get(request.POST.get("act", ""))
    if act is None:
        raise PermissionDenied
    try:
        act(actor=person_of(request), uuid=uuid, version=seen_version(request, mast), reason=reason)
    except StaleVersion as stale:
        messages.error(request, str(stale))
    return redirect("sites:mast_detail", uuid=uuid)
