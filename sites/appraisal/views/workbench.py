"""The officer's workbench: one position after the other, rules beside the map, then the result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from infra.cases.clock import calendar_of, clock_of
from infra.ground.choices import Role
from infra.ground.errors import Refused
from infra.map.widget import map_config
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from infra.people.access.roles import DOSSIER_READERS
from sites.appraisal.findings import finding_rows
from sites.appraisal.forms.outcome import OutcomeForm
from sites.appraisal.selectors.dossiers import (
    blocking_rules,
    findings_of,
    is_fresh,
    latest_screening,
    outcomes_are_open,
)
from sites.appraisal.selectors.scene import bounds_of, comment_pins, moved, position_scene
from sites.appraisal.selectors.screening import (
    NEIGHBOUR_REACH_M,
    fall_radius_on,
    neighbours,
    subject_of,
)
from sites.appraisal.sentences import rule_title
from sites.appraisal.services.outcomes import candidate_decide
from sites.appraisal.services.screening import judged_on, screen_dossier
from sites.appraisal.views.candidates import visible_candidate
from sites.appraisal.views.dossiers import visible_dossier
from sites.models import CandidateLocation
from sites.permissions import may_appraise

UNPROCESSABLE = 422


@require_GET
@role_required(*DOSSIER_READERS)
def candidate_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One position with its findings, map, result and the way to the next one."""
    candidate = visible_candidate(request, uuid)
    form = OutcomeForm(candidate=candidate, user=person_of(request))
    return _bench(request, candidate, form)


@require_POST
@role_required(Role.OFFICER)
def candidate_outcome(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record the result of the position, then go on to the next that has none."""
    candidate = visible_candidate(request, uuid)
    user = person_of(request)
    form = OutcomeForm(request.POST, candidate=candidate, user=user)
    if not form.is_valid():
        return _bench(request, candidate, form, status=UNPROCESSABLE)
    try:
        decided = candidate_decide(candidate=candidate, actor=user, **form.values())
    except Refused as refusal:
        form.add_error(None, list(refusal.sentences))
        return _bench(request, candidate, form, status=UNPROCESSABLE)
    label = decided.get_outcome_display() or _("Not decided")
    messages.success(
        request,
        _("Position %(name)s: %(result)s.") % {"name": decided.name, "result": label},
    )
    following = decided.dossier.candidates.filter(outcome="").order_by("order").first()
    return redirect("sites:candidate_detail", following.uuid if following else decided.uuid)


@require_POST
@role_required(Role.OFFICER)
def dossier_screen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Run the rules again on every position of the dossier."""
    dossier = visible_dossier(request, uuid)
    count = screen_dossier(dossier=dossier, actor=person_of(request))
    messages.success(request, _("The rules ran on %(count)s positions.") % {"count": count})
    position = request.POST.get("position")
    if position:
        return redirect("sites:candidate_detail", UUID(position))
    return redirect("sites:dossier_detail", uuid)


def _bench(
    request: HttpRequest, candidate: CandidateLocation, form: OutcomeForm, status: int = 200
) -> HttpResponse:
    user = person_of(request)
    screening = latest_screening(candidate, user)
    rows = finding_rows(findings_of(screening))
    subject = subject_of(candidate)
    radius_m = fall_radius_on(subject, judged_on(candidate.dossier))
    around = neighbours(subject, user, NEIGHBOUR_REACH_M)
    is_open = outcomes_are_open(candidate.dossier, user)
    scene = position_scene(candidate, around, radius_m, shows_outcome=is_open)
    scene["features"] += comment_pins(candidate.dossier, user)
    context = {
        "candidate": candidate,
        "dossier": candidate.dossier,
        "clock": clock_of(candidate.dossier, calendar_of(request)),
        "form": form,
        "screening": screening,
        "is_fresh": screening is not None and is_fresh(screening, candidate),
        "rows": rows,
        "evidence": [row.evidence for row in rows],
        "evidence_id": "findings-evidence",
        "blocking": [rule_title(rule) for rule in blocking_rules(screening)] if screening else [],
        "may_appraise": may_appraise(user, candidate.dossier),
        "moved": moved(candidate),
        **_siblings(candidate),
        "shows_outcome": is_open,
        "scene": scene,
        "neighbours": around,
        "map": map_config(
            request,
            layers=["masts", "candidates", "base"],
            focus=bounds_of([candidate]),
            filters={"candidates": {"dossier": [str(candidate.dossier.uuid)]}},
        ),
    }
    return render(request, "sites/appraisal/workbench.html", context, status=status)


def _siblings(candidate: CandidateLocation) -> dict[str, Any]:
    rows = list(candidate.dossier.candidates.order_by("order"))
    place = rows.index(candidate)
    return {
        "total": len(rows),
        "number": place + 1,
        "previous": rows[place - 1] if place else None,
        "following": rows[place + 1] if place + 1 < len(rows) else None,
    }
