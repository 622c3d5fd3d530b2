"""Posts on a dossier: comments, consultations, files, assignment; the pages are the half's."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.gis.geos import Point
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infra.cases.dossiers.comments import comment_add
from infra.cases.dossiers.forms import (
    AssignForm,
    CommentForm,
    ConsultForm,
    OpinionForm,
    ReceptionForm,
)
from infra.cases.dossiers.people import (
    assignable_officers,
    may_attach,
    may_comment,
    may_take_off,
    possible_bodies,
)
from infra.cases.dossiers.services import (
    consultation_answer,
    dossier_assign,
    dossier_consult,
    dossier_draft,
)
from infra.cases.dossiers.workflow import DOSSIER
from infra.cases.workflow.addresses import page_of
from infra.files.selectors import files_of
from infra.files.services import attach, detach
from infra.ground.choices import Role
from infra.ground.errors import Conflict, Forbidden, Problem, Refused
from infra.models import Dossier, User
from infra.people.access.people import person_of

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@login_required
@require_POST
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a remark, pinned on the map when it carries a point."""
    dossier, user = _seen(request, uuid)
    if not may_comment(user):
        raise Forbidden(_("This step is not yours to take."))
    form = CommentForm(request.POST)
    return _act(request, dossier, form, _("Comment"), partial(_comment, dossier, user, form))


def _comment(dossier: Dossier, user: User, form: Form) -> str:
    sent = form.cleaned_data
    lon, lat = sent["lon"], sent["lat"]
    comment_add(
        dossier,
        uuid=sent["uuid"],
        body=sent["body"],
        actor=user,
        version=sent["version"],
        is_public=sent["is_public"],
        point=Point(lon, lat, srid=4326) if lon is not None and lat is not None else None,
    )
    return _("The comment is kept.")


@login_required
@require_POST
def consult(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask other bodies."""
    dossier, user = _seen(request, uuid)
    _only(user, "consult")
    form = ConsultForm(request.POST, bodies=possible_bodies(dossier))

    def ask() -> str:
        asked = dossier_consult(dossier, actor=user, **form.cleaned_data)
        return _("%(n)d bodies were asked.") % {"n": len(asked)}

    return _act(request, dossier, form, _("Ask other bodies"), ask)


@login_required
@require_POST
def opinion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The consulted body's answer."""
    dossier, user = _seen(request, uuid)
    _only(user, "answer_consultation")
    form = OpinionForm(request.POST)

    def answer() -> str:
        consultation_answer(dossier, actor=user, **form.cleaned_data)
        return _("Your answer is with the officer.")

    return _act(request, dossier, form, _("Answer"), answer)


@login_required
@require_POST
def assign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand the dossier to an officer."""
    dossier, user = _seen(request, uuid)
    _only(user, "assign")
    form = AssignForm(request.POST, officers=assignable_officers())

    def hand_over() -> str:
        dossier_assign(dossier, actor=user, **form.cleaned_data)
        return _("The dossier is assigned.")

    return _act(request, dossier, form, _("Assign"), hand_over)


@login_required
@require_POST
def add_files(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add files to the dossier; a refused one is named, the others are kept."""
    dossier, user = _seen(request, uuid)
    if not may_attach(dossier, user):
        raise Forbidden(_("Files cannot be added to this dossier now."))
    known = {part.code for part in dossier.procedure.components.all()}
    component = request.POST.get("component", "")
    is_internal = user.is_department and bool(request.POST.get("is_internal"))
    for upload in request.FILES.getlist("files"):
        try:
            attach(
                dossier,
                upload,
                user,
                component if component in known else "",
                is_internal=is_internal,
            )
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("“%(name)s” is kept.") % {"name": upload.name})
    return _back(request, dossier)


@login_required
@require_POST
def remove_file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    """Take off a file one added by mistake, before the department has the dossier."""
    dossier, user = _seen(request, uuid)
    attachment = get_object_or_404(files_of(dossier, user), uuid=file)
    if not may_take_off(dossier, attachment, user):
        raise Forbidden(_("This file is part of the dossier and stays."))
    detach(attachment)
    messages.success(request, _("“%(name)s” is taken off.") % {"name": attachment.name})
    return _back(request, dossier)


@login_required
@require_http_methods(["GET", "POST"])
def reception(request: HttpRequest) -> HttpResponse:
    """Type in a dossier that came on paper or from the national portal."""
    user = person_of(request)
    if not user.has_role(Role.OFFICER):
        raise Forbidden(_("This step is not yours to take."))
    form = ReceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dossier = dossier_draft(actor=user, **form.cleaned_data)
        messages.success(request, _("The dossier is kept as a draft: add positions and papers."))
        return redirect(page_of(dossier))
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "title": _("Take in a dossier from outside")}
    return render(request, "infra/dossiers/form.html", context, status=status)


def _seen(request: HttpRequest, uuid: UUID) -> tuple[Dossier, User]:
    user = person_of(request)
    rows = Dossier.objects.visible_to(user).select_related("procedure", "applicant", "created_by")
    return get_object_or_404(rows, uuid=uuid), user


def _only(user: User, act: str) -> None:
    declared = DOSSIER.act(act)
    if declared is None or not user.has_role(*declared.roles):
        raise Forbidden(_("This step is not yours to take."))


def _act(
    request: HttpRequest, dossier: Dossier, form: Form, title: str, act: Callable[[], str]
) -> HttpResponse:
    """Do it and go back; what is wrong or came too late is told beside what was typed."""
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            said = act()
        except (Refused, Conflict) as problem:
            form.add_error(None, [*problem.sentences])
            status = problem.status
        else:
            messages.success(request, said)
            return _back(request, dossier)
    return _again(request, dossier, form, title, status)


def _back(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return redirect(wanted)
    return redirect(page_of(dossier))


def _again(
    request: HttpRequest, dossier: Dossier, form: Form, title: str, status: HTTPStatus
) -> HttpResponse:
    """The form on a page of its own, with what was typed, for the dossier as it stands now."""
    dossier.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = str(dossier.version)
    form.data = typed
    context = {"form": form, "title": f"{title}: {dossier}", "back": page_of(dossier)}
    return render(request, "infra/dossiers/form.html", context, status=status)
