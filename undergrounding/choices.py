"""The choices of routes and their works."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RouteState(models.TextChoices):
    """Where a route proposal stands; the province's committee decides, the department records."""

    DRAFT = "draft", _("Draft")
    WITH_HEAD = "with_head", _("With the head of division")
    WITH_LEADER = "with_leader", _("With the leader")
    WITH_COMMITTEE = "with_committee", _("With the provincial committee")
    APPROVED = "approved", _("Approved")
    NOT_APPROVED = "not_approved", _("Not approved")
    IN_WORKS = "in_works", _("In works")
    DONE = "done", pgettext_lazy("of a route", "Done")


class Method(models.TextChoices):
    """How a segment goes underground, or is only tidied."""

    TIDY = "tidy", _("Tidy the aerial cable")
    EXISTING_DUCT = "existing_duct", _("Into an existing duct")
    OPEN_TRENCH_PAVEMENT = "open_trench_pavement", _("Open trench under the pavement")
    OPEN_TRENCH_ROAD = "open_trench_road", _("Open trench under the road")
    HDD = "hdd", _("Horizontal directional drilling")
    TECHNICAL_TRENCH = "technical_trench", _("Technical trench")
    UTILITY_TUNNEL = "utility_tunnel", _("Utility tunnel")


class Surface(models.TextChoices):
    """What lies above the ducts."""

    PAVEMENT = "pavement", _("Pavement")
    ROAD = "road", _("Roadway")
    SOIL = "soil", _("Soil")
    WATERWAY = "waterway", _("Waterway")


class CommitteeOutcome(models.TextChoices):
    """The committee's ruling."""

    APPROVED = "approved", _("Approved")
    NOT_APPROVED = "not_approved", _("Not approved")
