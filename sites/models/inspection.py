"""Visits to a mast: checklist, measurements, grade by rule, and the proposal a D raises."""

import uuid

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infra.ground.tracking import tracked
from infra.models import Person, User
from infra.models.base import VersionedModel
from sites.choices import Grade, InspectionKind, ItemResult, ProposalState, Quantity
from sites.models.mast import Mast

GRADES = [grade for grade in Grade.values if grade]


def _in_choices(field: str, choices: list[str], name: str) -> models.CheckConstraint:
    """The column holds one of its choices, whatever door it was written by."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices}), name=name)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Visits, narrowed to what a person may see."""

    def visible_to(self, user: Person) -> "InspectionQuerySet":
        """The department's own papers: nobody else reads them."""
        return self.all() if user.is_authenticated and user.is_department else self.none()


class ProposalQuerySet(models.QuerySet["RemediationProposal"]):
    """Proposals, narrowed to what a person may see."""

    def visible_to(self, user: Person) -> "ProposalQuerySet":
        """The department's own papers until an order is issued from them."""
        return self.all() if user.is_authenticated and user.is_department else self.none()


class ChecklistItem(models.Model):
    """One line of the survey checklist, between two dates."""

    code = models.SlugField(max_length=40)
    section = models.CharField(_("section"), max_length=80)
    label = models.CharField(_("label"), max_length=200)
    is_critical = models.BooleanField(_("critical"), default=False)
    for_structure = models.CharField(max_length=20, blank=True, help_text="e.g. guyed; empty: all")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="checklist_code_from")
        ]

    def __str__(self) -> str:
        return self.label


@tracked()
class Inspection(VersionedModel):
    """One visit. `uuid` is made on the phone: the same visit sent twice is one row.

    `visited_at` and `sent_at` are what the phone's clock said, `created_at` is the receipt, and
    `counts_from` is the moment that grading and lists use (safety/rules/clock.py). The checklist is
    the one the phone showed; distance and limit are kept as they stood at the receipt, so that
    neither a moved mast nor an edited limit changes what a visit proves.
    """

    uuid = models.UUIDField(unique=True)
    mast = models.ForeignKey(Mast, models.PROTECT, related_name="inspections")
    inspector = models.ForeignKey(User, models.PROTECT, related_name="inspections")
    kind = models.CharField(_("kind"), max_length=20, choices=InspectionKind)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    visited_at = models.DateTimeField(_("visited at"))
    sent_at = models.DateTimeField(_("phone's clock when sending"), null=True, editable=False)
    counts_from = models.DateTimeField(_("counts from"), editable=False)
    clock_doubt = models.CharField(max_length=30, blank=True, editable=False)
    checklist_on = models.DateField(_("checklist of"), null=True, editable=False)
    checklist_codes = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    point = PointField(_("position"), srid=4326, null=True, blank=True, spatial_index=False)
    accuracy_m = models.FloatField(_("accuracy, m"), null=True, blank=True)
    distance_m = models.FloatField(_("distance from the mast, m"), null=True, editable=False)
    near_limit_m = models.FloatField(null=True, editable=False)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, editable=False)
    grade_reasons = models.JSONField(default=list, editable=False)
    note = models.TextField(_("note"), blank=True)
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-counts_from", "-pk"]
        indexes = [
            models.Index(fields=["-counts_from", "-id"], name="inspection_newest"),
            models.Index(fields=["grade", "-counts_from", "-id"], name="inspection_grade_newest"),
        ]
        constraints = [
            _in_choices("kind", InspectionKind.values, "inspection_kind_known"),
            _in_choices("grade", GRADES, "inspection_grade_known"),
            models.CheckConstraint(
                condition=Q(accuracy_m__gte=0), name="inspection_accuracy_not_negative"
            ),
        ]
        verbose_name = _("inspection")

    @property
    def is_near(self) -> bool:
        """Logged at the mast even if the phone's reading was off by its whole accuracy."""
        if self.distance_m is None or self.accuracy_m is None or self.near_limit_m is None:
            return False
        return self.distance_m + self.accuracy_m <= self.near_limit_m


class InspectionResult(models.Model):
    """The outcome of one checklist item; severity 1 (slight) to 4 (dangerous) when it fails."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="results")
    item = models.ForeignKey(ChecklistItem, models.PROTECT)
    result = models.CharField(max_length=15, choices=ItemResult)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["item__order"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="result_once_per_item"),
            _in_choices("result", ItemResult.values, "result_known"),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=4), name="result_severity_1_to_4"
            ),
        ]


class Measurement(models.Model):
    """A measured value with its instrument."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="measurements")
    quantity = models.CharField(_("quantity"), max_length=40, choices=Quantity)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=15)
    instrument = models.CharField(_("instrument"), max_length=120, blank=True)
    calibrated_until = models.DateField(_("calibrated until"), null=True, blank=True)

    class Meta:
        constraints = [
            _in_choices("quantity", Quantity.values, "measurement_quantity_known"),
            models.CheckConstraint(condition=Q(value__gte=0), name="measurement_not_negative"),
        ]


class RemediationProposal(VersionedModel):
    """What a visit proposes to the officer: raised at once by a D, deadline by rule."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mast = models.ForeignKey(Mast, models.PROTECT, related_name="proposals")
    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="proposal")
    grade = models.CharField(max_length=1, choices=Grade)
    state = models.CharField(
        max_length=10, choices=ProposalState, default=ProposalState.PROPOSED, editable=False
    )
    action = models.TextField(_("proposed action"))
    due_at = models.DateTimeField(_("due"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(
                F("grade").desc(),
                F("due_at").asc(),
                F("id").asc(),
                condition=Q(state__in=[ProposalState.PROPOSED.value, ProposalState.ACCEPTED.value]),
                name="proposal_open_due",
            )
        ]
        constraints = [
            _in_choices("state", ProposalState.values, "proposal_state_known"),
            _in_choices("grade", GRADES, "proposal_grade_known"),
        ]
        verbose_name = _("remediation proposal")
