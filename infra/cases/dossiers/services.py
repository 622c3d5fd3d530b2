"""Writes on a dossier: drafts, steps, consultations, comments; states only through the engine."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.clock.dossiers import CLOSED
from infra.cases.dossiers.telling import the_officer
from infra.cases.workflow.addresses import page_of
from infra.cases.workflow.engine import fire
from infra.ground.choices import CommentVisibility, Opinion, ReceptionChannel, Role
from infra.ground.errors import Conflict, Forbidden, Refused
from infra.models import Comment, Consultation, Dossier, Organisation, Procedure, User
from infra.people.notices import notify


@transaction.atomic
def dossier_draft(
    *,
    uuid: UUID,
    procedure: Procedure,
    applicant: Organisation,
    title: str,
    actor: User,
    channel: ReceptionChannel = ReceptionChannel.ONLINE,
    external_code: str = "",
    letter_number: str = "",
    letter_date: date | None = None,
    given_received_at: datetime | None = None,
    given_due_on: date | None = None,
    note: str = "",
) -> Dossier:
    """A draft under a uuid made by the client; the same uuid sent twice is one row.

    Raises Forbidden for another's organisation, Conflict when the uuid is somebody else's.
    """
    if not actor.is_department and applicant.pk != actor.organisation_id:
        raise Forbidden(_("You can only apply for your own organisation."))
    row, is_new = Dossier.objects.get_or_create(
        uuid=uuid,
        defaults={
            "procedure": procedure,
            "applicant": applicant,
            "title": title,
            "created_by": actor,
            "channel": channel,
            "external_code": external_code,
            "letter_number": letter_number,
            "letter_date": letter_date,
            "given_received_at": given_received_at,
            "given_due_on": given_due_on,
            "note": note,
        },
    )
    if not is_new and (row.created_by_id, row.applicant_id) != (actor.pk, applicant.pk):
        raise Conflict(_("Another dossier already has this identifier."))
    return row


def dossier_step(
    dossier: Dossier,
    transition: str,
    *,
    actor: User,
    version: int,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Dossier:
    """One step of the table; raises what `fire` raises."""
    fire(
        workflow="dossier",
        target=dossier,
        transition=transition,
        actor=actor,
        version=version,
        reason=reason,
        data=data,
    )
    return dossier


def dossier_request_supplement(
    dossier: Dossier,
    *,
    items: Sequence[str],
    actor: User,
    version: int,
    reply_by: date | None = None,
) -> Dossier:
    """Ask once for everything that is missing; the clock stands until the answer."""
    data = {"items": list(items), "reply_by": reply_by.isoformat() if reply_by else ""}
    return dossier_step(dossier, "request_supplement", actor=actor, version=version, data=data)


@transaction.atomic
def dossier_assign(dossier: Dossier, *, officer: User, actor: User) -> Dossier:
    """Hand the dossier to an officer. Raises Forbidden, or Refused for who is none."""
    if not actor.has_role(Role.HEAD, Role.OFFICER):
        raise Forbidden(_("The head of division or an officer assigns dossiers."))
    if not officer.has_role(Role.OFFICER):
        raise Refused(_("%(name)s is not an officer.") % {"name": officer})
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    refuse_closed(row)
    row.officer = officer
    row.version += 1
    row.save(update_fields=["officer", "version", "updated_at"])
    if officer.pk != actor.pk:
        subject = _("Dossier %(code)s is yours to appraise") % {"code": str(row)}
        notify([officer], subject, body=row.title, url=page_of(row))
    return row


@transaction.atomic
def dossier_consult(
    dossier: Dossier,
    *,
    bodies: Iterable[Organisation],
    question: str,
    due_on: date,
    actor: User,
) -> list[Consultation]:
    """Ask other bodies, each once, beside the appraisal.

    Raises Forbidden, or Refused (asked already, day past, dossier closed).
    """
    if not actor.has_role(Role.OFFICER):
        raise Forbidden(_("An officer asks other bodies."))
    refuse_closed(dossier)
    if due_on <= timezone.localdate():
        raise Refused(_("The day to answer by must be a date after today."))
    wanted = list(bodies)
    asked = dossier.consultations.filter(body__in=wanted).select_related("body")
    if names := ", ".join(str(one.body) for one in asked):
        raise Refused(_("Already asked: %(names)s.") % {"names": names})
    rows = [
        Consultation(
            dossier=dossier, body=body, question=question.strip(), asked_by=actor, due_on=due_on
        )
        for body in wanted
    ]
    made = Consultation.objects.bulk_create(rows)
    _tell_bodies(dossier, wanted, due_on)
    return made


@transaction.atomic
def consultation_answer(
    dossier: Dossier, *, opinion: Opinion, answer: str, actor: User
) -> Consultation:
    """The body's answer, once. Raises Forbidden when it was not asked, Conflict when answered."""
    rows = Consultation.objects.select_for_update().filter(dossier=dossier)
    row = rows.filter(body=actor.organisation_id).first() if actor.organisation_id else None
    if row is None or not actor.has_role(Role.CONSULTED):
        raise Forbidden(_("Your organisation was not asked about this dossier."))
    if row.answered_at:
        raise Conflict(_("Your organisation already answered; write a comment to add to it."))
    row.opinion, row.answer = opinion, answer.strip()
    row.answered_by, row.answered_at = actor, timezone.now()
    row.save()
    subject = _("%(body)s answered on dossier %(code)s") % {
        "body": str(row.body),
        "code": str(dossier),
    }
    notify(the_officer(dossier), subject, body=row.answer, url=page_of(dossier))
    return row


@transaction.atomic
def comment_add(
    target: Any,
    *,
    body: str,
    actor: User,
    is_public: bool = False,
    point: Point | None = None,
    uuid: UUID | None = None,
) -> Comment:
    """A remark; people outside the department always write public ones. Idempotent by uuid."""
    if not body.strip():
        raise Refused(_("Write something first."))
    public = is_public or not actor.is_department
    row, _is_new = Comment.objects.get_or_create(
        uuid=uuid or uuid4(),
        defaults={
            "target_type": ContentType.objects.get_for_model(target),
            "target_id": target.pk,
            "author": actor,
            "body": body.strip(),
            "visibility": CommentVisibility.PUBLIC if public else CommentVisibility.INTERNAL,
            "point": point,
        },
    )
    return row


def refuse_closed(dossier: Dossier) -> None:
    """Raises Refused for a dossier whose handling ended."""
    if dossier.state in CLOSED:
        raise Refused(_("The dossier is closed."))


def _tell_bodies(dossier: Dossier, bodies: Sequence[Organisation], due_on: date) -> None:
    people = User.objects.filter(
        organisation__in=bodies, roles__contains=[Role.CONSULTED], is_active=True
    )
    subject = _("Your opinion on dossier %(code)s is asked by %(day)s") % {
        "code": str(dossier),
        "day": f"{due_on:%d/%m/%Y}",
    }
    notify(people, subject, body=dossier.title, url=page_of(dossier))
