"""Recording a completed repair of a mast, and withdrawing one that was recorded wrongly."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infra.ground.errors import Problem
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from sites.models import Mast, Repair
from sites.permissions import REPAIR_RECORDERS
from sites.safety.forms.repair import RepairForm
from sites.safety.selectors.standing import safety_picture
from sites.safety.services.repairs import repair_record, repair_withdraw


@role_required(*REPAIR_RECORDERS)
@require_http_methods(["GET", "POST"])
def repair_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a repair: 200, 302 when kept, 422 (or the file's own status) when refused."""
    person = person_of(request)
    mast = get_object_or_404(Mast.objects.visible_to(person), uuid=uuid)
    form = RepairForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = {name: form.cleaned_data[name] for name in form.Meta.fields}
            number, paper = form.cleaned_data["uuid"], form.cleaned_data["paper"]
            try:
                repair_record(actor=person, mast=mast, uuid=number, data=data, paper=paper)
            except Problem as problem:
                for sentence in problem.sentences:
                    form.add_error(None, sentence)
                status = problem.status
            else:
                messages.success(request, _("The repair is recorded."))
                return redirect("sites:mast_detail", uuid=mast.uuid)
    context = {"form": form, "mast": mast, "dangers": safety_picture(mast).dangers}
    return render(request, "sites/safety/repair_form.html", context, status=status)


@role_required(*REPAIR_RECORDERS)
@require_POST
def repair_take_back(request: HttpRequest, uuid: UUID, repair: UUID) -> HttpResponse:
    """Withdraw a repair with the reason; it stays on file."""
    person = person_of(request)
    mast = get_object_or_404(Mast.objects.visible_to(person), uuid=uuid)
    found = get_object_or_404(Repair.objects.visible_to(person), mast=mast, uuid=repair)
    repair_withdraw(actor=person, repair=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("The repair is withdrawn and no longer counts."))
    return redirect("sites:mast_detail", uuid=mast.uuid)
