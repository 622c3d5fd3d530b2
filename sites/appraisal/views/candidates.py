"""The applicant's editor of a position: pick, type, see the findings, kept as a draft."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infra.ground.answers import answer_to, problem_answer
from infra.ground.choices import ProcedureKind
from infra.ground.errors import Problem
from infra.map.widget import map_config
from infra.models import Dossier
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from infra.people.access.roles import APPLICANTS
from sites.appraisal.findings import finding_rows
from sites.appraisal.forms.candidates import CandidateForm, PasteForm
from sites.appraisal.selectors.scene import bounds_of, position_scene
from sites.appraisal.selectors.screening import basis_on, subject_of
from sites.appraisal.services.dossiers import candidate_remove, candidate_save, candidates_add
from sites.appraisal.services.screening import (
    judge_subject,
    judged_on,
    run_screening,
    screen_all,
)
from sites.appraisal.views.dossiers import editable_dossier, visible_dossier
from sites.models import CandidateLocation
from sites.permissions import may_edit_dossier

UNPROCESSABLE = 422


@require_GET
@role_required(*APPLICANTS)
def candidate_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An empty position with an identifier of its own."""
    dossier = editable_dossier(request, uuid)
    form = CandidateForm(dossier=dossier, user=person_of(request))
    return _editor(request, dossier, form, uuid4())


@require_GET
@role_required(*APPLICANTS)
def candidate_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A position as it was kept."""
    candidate = visible_candidate(request, uuid)
    if not may_edit_dossier(person_of(request), candidate.dossier):
        return redirect("sites:candidate_detail", uuid)
    form = CandidateForm(instance=candidate, dossier=candidate.dossier, user=person_of(request))
    return _editor(request, candidate.dossier, form, candidate.uuid, candidate=candidate)


@require_POST
@role_required(*APPLICANTS)
def candidate_store(request: HttpRequest, uuid: UUID, candidate: UUID) -> HttpResponse:
    """Keep a position: in the background for the script, then on to the dossier without it."""
    dossier = editable_dossier(request, uuid)
    kept = CandidateLocation.objects.filter(dossier=dossier, uuid=candidate).first()
    user = person_of(request)
    form = CandidateForm(request.POST, instance=kept, dossier=dossier, user=user)
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        if wants_json:
            return problem_answer(
                UNPROCESSABLE,
                "invalid",
                [one for errors in form.errors.values() for one in errors],
                errors={name: [*errors] for name, errors in form.errors.items()},
            )
        return _editor(request, dossier, form, candidate, candidate=kept, status=UNPROCESSABLE)
    try:
        saved = candidate_save(
            dossier=dossier,
            actor=user,
            uuid=candidate,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
    except Problem as problem:
        if not wants_json:
            raise
        return answer_to(problem)
    if wants_json:
        clock = timezone.localtime(saved.updated_at)
        return JsonResponse({"version": saved.version, "at": f"{clock:%H:%M:%S}"})
    run_screening(candidate=saved, actor=user)
    messages.success(request, _("Position %(name)s is kept.") % {"name": saved.name})
    return redirect("sites:dossier_detail", uuid)


@require_POST
@role_required(*APPLICANTS)
def candidate_preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The findings of a place that is not kept yet, as a part of the page."""
    dossier = visible_dossier(request, uuid)
    user = person_of(request)
    form = CandidateForm(request.POST, dossier=dossier, user=user)
    form.is_valid()
    context: dict[str, Any] = {"evidence_id": "findings-evidence"}
    proposed = _proposed(dossier, form)
    if proposed is not None:
        basis = basis_on(judged_on(dossier))
        findings, measures = judge_subject(subject_of(proposed), user, basis)
        rows = finding_rows(findings)
        context |= {
            "rows": rows,
            "evidence": [row.evidence for row in rows],
            "scene": position_scene(proposed, measures.neighbours, measures.fall_radius_m),
            "draws_scene": True,
        }
    return render(request, "sites/appraisal/findings.html", context)


@require_POST
@role_required(*APPLICANTS)
def candidate_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a position out of the draft."""
    candidate = visible_candidate(request, uuid)
    dossier = candidate.dossier
    candidate_remove(candidate=candidate, actor=person_of(request))
    messages.success(request, _("Position %(name)s was taken out.") % {"name": candidate.name})
    return redirect("sites:dossier_detail", dossier.uuid)


@require_http_methods(["GET", "POST"])
@role_required(*APPLICANTS)
def candidates_paste(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Many positions at once from a pasted table, all or none."""
    dossier = editable_dossier(request, uuid)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = person_of(request)
        added = candidates_add(dossier=dossier, actor=user, rows=form.rows)
        screen_all(added, dossier=dossier, actor=user)
        messages.success(request, _("%(count)s positions were added.") % {"count": len(added)})
        return redirect("sites:dossier_detail", uuid)
    context = {"form": form, "dossier": dossier}
    return render(request, "sites/appraisal/paste.html", context)


def visible_candidate(request: HttpRequest, uuid: UUID) -> CandidateLocation:
    """The position, or 404 when the person may not know of its dossier."""
    rows = CandidateLocation.objects.visible_to(person_of(request)).select_related(
        "dossier__procedure", "dossier__applicant", "dossier__officer", "old_mast", "share_with"
    )
    return get_object_or_404(rows, uuid=uuid)


def _proposed(dossier: Dossier, form: CandidateForm) -> CandidateLocation | None:
    """What the form says so far, not kept; None without a place."""
    point, given = form.place(), form.cleaned_data
    if point is None:
        return None
    names = ("mast_class", "footing", "height_m", "building_height_m", "eirp_w", "old_mast", "name")
    facts = {name: given[name] for name in names if given.get(name) is not None}
    declared = given.get("declared_unit")
    return CandidateLocation(
        dossier=dossier, point=point, declared_unit=str(declared or ""), **facts
    )


def _editor(
    request: HttpRequest,
    dossier: Dossier,
    form: CandidateForm,
    uuid: UUID,
    *,
    candidate: CandidateLocation | None = None,
    status: int = 200,
) -> HttpResponse:
    near = [candidate] if candidate else list(dossier.candidates.all())
    context = {
        "dossier": dossier,
        "form": form,
        "uuid": uuid,
        "candidate": candidate,
        "is_relocation": dossier.procedure.kind == ProcedureKind.RELOCATION,
        "map": map_config(request, layers=["masts", "base"], focus=bounds_of(near)),
    }
    return render(request, "sites/appraisal/editor.html", context, status=status)
