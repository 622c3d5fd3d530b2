"""Surveys in the field: what to visit, the form, the visit's one-time receipt, its photos."""

from contextlib import suppress
from http import HTTPStatus
from math import inf
from typing import Any, cast
from uuid import UUID

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from pydantic import ValidationError

from infra.cases.dossiers.timeline import timeline
from infra.files.selectors import files_of
from infra.ground.answers import answer_to, problem_answer
from infra.ground.choices import Role
from infra.ground.errors import Problem
from infra.map.widget import map_config
from infra.people.access.decorators import department_required, role_required
from infra.people.access.people import person_of
from infra.places.territory.plausible import plausible_range
from sites.choices import SEVERITIES, Grade, InspectionKind, ItemResult, ProposalState
from sites.models import Inspection, Mast, RemediationProposal
from sites.safety.forms.survey import VisitPayload, sentences_of
from sites.safety.selectors.checklist import checklist_on
from sites.safety.selectors.inspections import reason_sentence, visits
from sites.safety.selectors.standing import safety_picture
from sites.safety.services.inspections import inspection_record, photo_keep
from sites.safety.workflows import PROPOSAL


@require_GET
@role_required(Role.INSPECTOR)
def survey_form(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The phone-sized form of one mast; what is typed stays on the phone until received."""
    user = person_of(request)
    mast = get_object_or_404(Mast.objects.visible_to(user).current(), uuid=uuid)
    last = visits(user).filter(mast=mast).first()
    today = timezone.localdate()
    items = list(checklist_on(today, mast.structure))
    survey = {
        "mast": str(mast.uuid),
        "code": mast.code,
        "lat": mast.point.y,
        "lon": mast.point.x,
        "plausible": {"height": plausible_range("mast-height")},
        "submitUrl": reverse("sites:survey_submit", args=[mast.uuid]),
        "photoUrl": reverse("sites:survey_photo", args=[UUID(int=0)]),
        "checklist": {"on": today.isoformat(), "codes": [item.code for item in items]},
        "now": timezone.now().isoformat(),
        "user": user.pk,
    }
    context = {
        "mast": mast,
        "last": last,
        "items": items,
        "kinds": InspectionKind.choices,
        "results": ItemResult.choices,
        "severities": SEVERITIES,
        "survey": survey,
        "is_dangerous": mast.grade == Grade.D,
    }
    return render(request, "sites/safety/survey_form.html", context)


@require_POST
@role_required(Role.INSPECTOR)
def survey_submit(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Receive a visit; the answer is its receipt, the same for a visit sent again."""
    user = person_of(request)
    mast = Mast.objects.visible_to(user).current().filter(uuid=uuid).first()
    if mast is None:
        sentence = _("This mast is no longer in the register: ask the officer in charge.")
        return problem_answer(HTTPStatus.NOT_FOUND, "not_found", [sentence])
    try:
        payload = VisitPayload.model_validate_json(request.body)
        inspection, is_new = inspection_record(mast=mast, actor=user, report=payload.to_report())
    except ValidationError as error:
        return problem_answer(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid",
            [_("The visit was not received yet.")],
            faults=sentences_of(error),
        )
    except Problem as problem:
        return answer_to(problem)
    return JsonResponse(
        {
            "uuid": str(inspection.uuid),
            "receipt": inspection.content_sha256,
            "received_at": inspection.created_at.isoformat(),
            "grade": inspection.grade,
            "reasons": [reason_sentence(reason) for reason in inspection.grade_reasons],
            "standing": _standing_words(inspection),
            "url": reverse("sites:inspection_detail", args=[inspection.uuid]),
        },
        status=HTTPStatus.CREATED if is_new else HTTPStatus.OK,
    )


def _standing_words(inspection: Inspection) -> list[str]:
    """What the inspector is told when the mast stays D although this visit is better."""
    picture = safety_picture(inspection.mast)
    if inspection.grade == Grade.D or not picture.dangers:
        return []
    return [
        _("The mast stays at grade D:"),
        *(danger.sentence for danger in picture.dangers),
        *(
            _("Still missing: %s") % need.sentence
            for need in picture.dangers[-1].needs
            if not need.is_met
        ),
    ]


@require_POST
@role_required(Role.INSPECTOR)
def survey_photo(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Receive one photo of a received visit; sent again (same number) it is one file."""
    user = person_of(request)
    own = Inspection.objects.visible_to(user).filter(inspector=user)
    inspection = own.select_related("mast").filter(uuid=uuid).first()
    if inspection is None:
        sentence = _("The visit of this photo was not received.")
        return problem_answer(HTTPStatus.NOT_FOUND, "not_found", [sentence])
    try:
        number = UUID(request.POST.get("uuid", ""))
        upload = cast("UploadedFile[Any]", request.FILES["photo"])
    except (ValueError, KeyError):
        sentence = _("The photo did not arrive whole. Send it again.")
        return problem_answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", [sentence])
    item = request.POST.get("item", "")[:40]
    try:
        photo = photo_keep(
            inspection, upload, user, component=item, uuid=number, **_capture(request.POST)
        )
    except Problem as problem:
        return answer_to(problem)
    receipt = {"uuid": str(photo.uuid), "receipt": photo.sha256}
    return JsonResponse(receipt, status=HTTPStatus.CREATED)


def _capture(sent: QueryDict) -> dict[str, Any]:
    """When, where (EPSG:4326) and how exactly (m) the photo was taken, as the phone says."""
    capture: dict[str, Any] = {}
    with suppress(ValueError):
        taken_at = parse_datetime(sent.get("captured_at", ""))
        capture["captured_at"] = taken_at if taken_at and is_aware(taken_at) else None
    with suppress(ValueError, KeyError):
        lon, lat, accuracy = (float(str(sent[name])) for name in ("lon", "lat", "accuracy"))
        if abs(lon) <= 180 and abs(lat) <= 90 and 0 <= accuracy < inf:  # noqa: PLR2004 - degrees
            capture["captured_point"] = Point(lon, lat, srid=4326)
            capture["captured_accuracy_m"] = accuracy
    return capture


@require_GET
@department_required
def inspection_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One recorded visit: grade and why, answers, measurements, photos, place."""
    user = person_of(request)
    inspection = get_object_or_404(visits(user), uuid=uuid)
    context = {
        "inspection": inspection,
        "reasons": [reason_sentence(reason) for reason in inspection.grade_reasons],
        "results": inspection.results.select_related("item"),
        "photos": files_of(inspection, user),
        "map": map_config(request, layers=["masts"], focus=inspection.mast.point),
        "proposal": getattr(inspection, "proposal", None),
        "dangers": safety_picture(inspection.mast).dangers,
    }
    return render(request, "sites/safety/inspection_detail.html", context)


@require_GET
@department_required
def proposal_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a visit proposes, until when, and what the officer does with it."""
    proposals = RemediationProposal.objects.visible_to(person_of(request)).select_related(
        "mast__owner", "inspection__inspector"
    )
    proposal = get_object_or_404(proposals, uuid=uuid)
    reasons = [reason_sentence(reason) for reason in proposal.inspection.grade_reasons]
    context = {
        "proposal": proposal,
        "reasons": reasons,
        "due_on": timezone.localdate(proposal.due_at),
        "is_closed": proposal.state in {*PROPOSAL.final, ProposalState.LIFTED},
        "dangers": safety_picture(proposal.mast).dangers if proposal.grade == Grade.D else (),
        "entries": timeline(proposal, person_of(request)),
    }
    return render(request, "sites/safety/proposal_detail.html", context)
