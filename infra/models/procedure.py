"""Procedures as dated data: legal basis, components, days, form of the result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Confidence, DocumentType, ProcedureKind, SignMode
from infra.ground.constraints import chosen, in_order
from infra.ground.tracking import tracked
from infra.models.regulation import ReviewedModel


@tracked()
class Procedure(ReviewedModel):
    """How one kind of request is handled between two dates."""

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ProcedureKind)
    legal_basis = models.TextField(
        _("legal basis, and notes on it"), help_text=_("For the office; never printed.")
    )
    printed_basis = models.CharField(
        _("basis as printed"),
        max_length=300,
        blank=True,
        help_text=_("What receipts print after the procedure's name; empty: nothing."),
    )
    is_published = models.BooleanField(_("published procedure"), default=False)
    working_days = models.PositiveSmallIntegerField(_("working days"))
    validity_months = models.PositiveSmallIntegerField(_("validity of the result, months"))
    confidence = models.CharField(_("confidence"), max_length=15, choices=Confidence)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="procedure_code_from"),
            chosen("procedure", "kind", ProcedureKind),
            chosen("procedure", "confidence", Confidence),
            in_order("procedure"),
        ]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return self.name


class ProcedureComponent(models.Model):
    """One paper that a dossier of the procedure must or may contain."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="components")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=200)
    is_required = models.BooleanField(_("required"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["procedure", "code"], name="component_code")]
        verbose_name = _("component")
        verbose_name_plural = _("components")

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["version"])
class SigningAuthority(models.Model):
    """Who may sign what, on whose behalf, between two dates."""

    person = models.ForeignKey(
        "infra.User",
        models.PROTECT,
        verbose_name=_("person"),
        related_name="signing_authorities",
    )
    document_type = models.CharField(_("document"), max_length=20, choices=DocumentType)
    mode = models.CharField(_("authority"), max_length=5, choices=SignMode, blank=True)
    signing_title = models.CharField(_("title on the document"), max_length=120)
    superior_title = models.CharField(_("title signed for"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    delegated_by = models.ForeignKey(
        "infra.User",
        models.PROTECT,
        verbose_name=_("authority given by"),
        null=True,
        blank=True,
        related_name="delegations",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["document_type", "valid_from"]
        constraints = [
            chosen("authority", "document_type", DocumentType),
            chosen("authority", "mode", SignMode, blank=True),
            in_order("authority"),
        ]
        verbose_name = _("signing authority")
        verbose_name_plural = _("signing authorities")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_document_type_display()}"
