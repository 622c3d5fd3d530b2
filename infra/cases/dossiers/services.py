"""Writes on a dossier: drafts, steps, consultations; states only through the engine."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.dossiers.telling import the_officer
from infra.cases.workflow.acts import perform
from infra.cases.workflow.addresses import page_of
from infra.cases.workflow.engine import fire
from infra.ground.choices import Opinion, ReceptionChannel, Role
from infra.ground.errors import Conflict, Forbidden, Refused
from infra.ground.once import create_once
from infra.models import Consultation, Dossier, Organisation, Procedure, User
from infra.people.notices import notify

# What must be the same for a draft that is sent again to be the one already kept.
SAME_DRAFT = (
    "created_by_id",
    "applicant_id",
    "procedure_id",
    "title",
    "channel",
    "external_code",
    "letter_number",
    "letter_date",
    "given_received_at",
    "given_due_on",
    "note",
)


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
    """A draft under a uuid made by the client; the same draft sent twice is one row.

    Raises Forbidden for another's organisation, Conflict when the uuid is somebody else's or
    keeps other words.
    """
    if not actor.is_department and applicant.pk != actor.organisation_id:
        raise Forbidden(_("You can only apply for your own organisation."))
    draft = Dossier(
        uuid=uuid,
        procedure=procedure,
        applicant=applicant,
        title=title,
        created_by=actor,
        channel=channel,
        external_code=external_code,
        letter_number=letter_number,
        letter_date=letter_date,
        given_received_at=given_received_at,
        given_due_on=given_due_on,
        note=note,
    )
    return create_once(draft, SAME_DRAFT)[0]


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


def dossier_assign(dossier: Dossier, *, officer: User, actor: User, version: int) -> Dossier:
    """Hand the dossier to an officer. Raises what `perform` raises, or Refused for who is none."""
    if not officer.has_role(Role.OFFICER):
        raise Refused(_("%(name)s is not an officer.") % {"name": officer})
    perform(
        workflow="dossier",
        target=dossier,
        act="assign",
        actor=actor,
        version=version,
        facts={"officer": officer.pk},
        write=partial(_hand_over, officer=officer, actor=actor),
    )
    return dossier


def dossier_consult(
    dossier: Dossier,
    *,
    bodies: Iterable[Organisation],
    question: str,
    due_on: date,
    actor: User,
    version: int,
) -> list[Consultation]:
    """Ask other bodies, each once, beside the appraisal.

    Raises what `perform` raises, or Refused (asked already, day past).
    """
    wanted, words = list(bodies), question.strip()
    perform(
        workflow="dossier",
        target=dossier,
        act="consult",
        actor=actor,
        version=version,
        facts={
            "bodies": sorted(body.pk for body in wanted),
            "question": words,
            "due_on": due_on.isoformat(),
        },
        write=partial(_ask, bodies=wanted, question=words, due_on=due_on, actor=actor),
    )
    return list(dossier.consultations.filter(body__in=wanted))


def consultation_answer(
    dossier: Dossier, *, opinion: Opinion, answer: str, actor: User, version: int
) -> Consultation:
    """The body's answer, once. Raises what `perform` raises, Forbidden when the body was not
    asked, Conflict when it answered before.
    """
    words = answer.strip()
    perform(
        workflow="dossier",
        target=dossier,
        act="answer_consultation",
        actor=actor,
        version=version,
        facts={"opinion": opinion, "answer": words},
        write=partial(_answer, opinion=opinion, answer=words, actor=actor),
    )
    return dossier.consultations.get(body=actor.organisation_id)


def _hand_over(dossier: Dossier, *, officer: User, actor: User) -> None:
    dossier.officer = officer
    dossier.save(update_fields=["officer"])
    if officer.pk != actor.pk:
        subject = _("Dossier %(code)s is yours to appraise") % {"code": str(dossier)}
        notify([officer], subject, body=dossier.title, url=page_of(dossier))


def _ask(
    dossier: Dossier, *, bodies: Sequence[Organisation], question: str, due_on: date, actor: User
) -> None:
    if due_on <= timezone.localdate():
        raise Refused(_("The day to answer by must be a date after today."))
    asked = dossier.consultations.filter(body__in=bodies).select_related("body")
    if names := ", ".join(str(one.body) for one in asked):
        raise Refused(_("Already asked: %(names)s.") % {"names": names})
    Consultation.objects.bulk_create(
        Consultation(dossier=dossier, body=body, question=question, asked_by=actor, due_on=due_on)
        for body in bodies
    )
    _tell_bodies(dossier, bodies, due_on)


def _answer(dossier: Dossier, *, opinion: Opinion, answer: str, actor: User) -> None:
    row = _question_to(dossier, actor)
    if row is None:
        raise Forbidden(_("Your organisation was not asked about this dossier."))
    if row.answered_at:
        raise Conflict(_("Your organisation already answered; write a comment to add to it."))
    row.opinion, row.answer = opinion, answer
    row.answered_by, row.answered_at = actor, timezone.now()
    row.save()
    subject = _("%(body)s answered on dossier %(code)s") % {
        "body": str(row.body),
        "code": str(dossier),
    }
    notify(the_officer(dossier), subject, body=row.answer, url=page_of(dossier))


def _question_to(dossier: Dossier, actor: User) -> Consultation | None:
    if actor.organisation_id is None:
        return None
    asked = dossier.consultations.select_for_update().filter(body=actor.organisation_id)
    return asked.first()


def _tell_bodies(dossier: Dossier, bodies: Sequence[Organisation], due_on: date) -> None:
    people = User.objects.filter(
        organisation__in=bodies, roles__contains=[Role.CONSULTED], is_active=True
    )
    subject = _("Your opinion on dossier %(code)s is asked by %(day)s") % {
        "code": str(dossier),
        "day": f"{due_on:%d/%m/%Y}",
    }
    notify(people, subject, body=dossier.title, url=page_of(dossier))
