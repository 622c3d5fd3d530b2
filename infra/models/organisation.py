"""The bodies the department deals with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import OrganisationKind
from infra.ground.constraints import chosen
from infra.ground.tracking import tracked


@tracked(exclude=["version"])
class Organisation(models.Model):
    """A department, company, commune or other body."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    unit = models.ForeignKey(
        "infra.AdministrativeUnit",
        models.PROTECT,
        verbose_name=_("administrative unit"),
        null=True,
        blank=True,
        related_name="bodies",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            chosen("organisation", "kind", OrganisationKind),
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.short_name
