"""A request's way from draft to result, its pauses, supplements and consultations."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import CLOSED_DOSSIER, DossierState, Opinion, ReceptionChannel, Role
from infra.ground.constraints import chosen, in_order
from infra.ground.plaintext import PlainText
from infra.ground.tracking import tracked
from infra.models.base import VersionedModel
from infra.models.user import Person, User

# Open dossiers before closed ones, the open by due date, the closed newest first. One expression
# for the order and its index, so that a page of a list reads no more than it shows.
_CLOSED = [state.value for state in CLOSED_DOSSIER]
IS_CLOSED = Case(
    When(state__in=_CLOSED, then=Value(1)),
    default=Value(0),
    output_field=models.IntegerField(),
)
URGENT_ON = Case(
    When(state__in=_CLOSED, then=None), default=F("due_on"), output_field=models.DateField()
)
BY_URGENCY = (
    IS_CLOSED.asc(),
    URGENT_ON.asc(nulls_last=True),
    F("created_at").desc(),
    F("id").desc(),
)
# What people type when they look for a dossier.
DOSSIER_TEXT = PlainText(
    Concat(
        *("code", Value(" "), "external_code", Value(" "), "letter_number", Value(" "), "title"),
        output_field=models.TextField(),
    )
)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers, narrowed to what a person may see."""

    def visible_to(self, user: Person) -> "DossierQuerySet":
        """Own ones for applicants, submitted ones for the department, asked ones for bodies.

        A draft is its author's and the applicant's only.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_department:
            return self.filter(~Q(state=DossierState.DRAFT) | Q(created_by=user))
        own = Q(pk__in=[])
        if user.has_role(Role.OPERATOR):
            own |= Q(applicant=user.organisation_id)
        if user.has_role(Role.CONSULTED):
            asked = Consultation.objects.filter(body=user.organisation_id).values("dossier")
            own |= Q(pk__in=asked)
        return self.filter(own)


@tracked()
class Dossier(VersionedModel):
    """One letter of request: several positions, each with its own result."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True, null=True, blank=True)
    procedure = models.ForeignKey("infra.Procedure", models.PROTECT, related_name="dossiers")
    title = models.CharField(_("subject"), max_length=250)
    applicant = models.ForeignKey("infra.Organisation", models.PROTECT, related_name="dossiers")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="dossiers_created")
    officer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="dossiers_appraised"
    )
    state = models.CharField(
        _("state"), max_length=25, choices=DossierState, default=DossierState.DRAFT, editable=False
    )
    channel = models.PositiveSmallIntegerField(
        _("channel"), choices=ReceptionChannel, default=ReceptionChannel.ONLINE
    )
    external_code = models.CharField(_("national portal code"), max_length=60, blank=True)
    letter_number = models.CharField(_("letter number"), max_length=60, blank=True)
    letter_date = models.DateField(_("letter date"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    submitted_at = models.DateTimeField(null=True, editable=False)
    given_received_at = models.DateTimeField(
        _("received at, as given"), null=True, blank=True, help_text=_("From the national portal")
    )
    received_at = models.DateTimeField(null=True, editable=False)
    due_on = models.DateField(_("due date"), null=True, editable=False)
    given_due_on = models.DateField(
        _("due date as given"), null=True, blank=True, help_text=_("From the national portal")
    )
    completed_at = models.DateTimeField(null=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="dossier_state_due"),
            models.Index(fields=["applicant", "state"], name="dossier_applicant_state"),
            models.Index(*BY_URGENCY, name="dossier_urgency"),
            GinIndex(OpClass(DOSSIER_TEXT, "gin_trgm_ops"), name="dossier_text_trgm"),
        ]
        constraints = [
            chosen("dossier", "state", DossierState),
            chosen("dossier", "channel", ReceptionChannel),
        ]
        verbose_name = _("dossier")

    def __str__(self) -> str:
        return self.code or self.title


class ClockPause(models.Model):
    """A stretch in which the legal clock stands: from the supplement request to its answer."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="pauses")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["paused_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(resumed_at=None), name="pause_one_open"
            ),
            in_order("pause", "paused_at", "resumed_at"),
        ]


class SupplementRequest(models.Model):
    """One itemised request for what is missing; a second one makes the dossier late by rule."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="supplements")
    items = ArrayField(models.CharField(max_length=300))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    reply_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at"]


@tracked()
class Consultation(models.Model):
    """A question to another body, running beside the appraisal with its own due date."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="consultations")
    body = models.ForeignKey("infra.Organisation", models.PROTECT, related_name="consultations")
    question = models.TextField(_("question"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("due date"))
    opinion = models.CharField(_("opinion"), max_length=25, choices=Opinion, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on"]
        indexes = [
            models.Index(
                fields=["body", "due_on"],
                condition=Q(answered_at=None),
                name="consultation_unanswered",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "body"], name="consultation_once"),
            chosen("consultation", "opinion", Opinion, blank=True),
        ]
