"""Cable routes drawn by planners, and their segments."""

import uuid

import pghistory
from django.contrib.gis.db.models import LineStringField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infra.choices import Publicity
from infra.geo.expressions import Geography
from infra.models import Organisation, User
from infra.models.base import VersionedModel
from undergrounding.choices import CommitteeOutcome, Method, RouteState, Surface
from undergrounding.models.scheme import Scheme


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes, narrowed to what a person may see."""

    def visible_to(self, user: User) -> "RouteQuerySet":
        """All for the department; published ones for everybody else."""
        if user.is_authenticated and user.is_department:
            return self.all()
        return self.filter(Q(publicity=Publicity.PUBLIC))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Route(VersionedModel):
    """A line of plant to go underground (EPSG:4326); lengths are measured on the ellipsoid."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street"), max_length=200, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, related_name="routes")
    planned_year = models.PositiveSmallIntegerField(_("planned year"), null=True, blank=True)
    duct_owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="routes"
    )
    state = models.CharField(
        max_length=20, choices=RouteState, default=RouteState.DRAFT, editable=False
    )
    geometry = LineStringField(_("line"), srid=4326, spatial_index=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="routes_created")
    note = models.TextField(_("note"), blank=True)
    publicity = models.CharField(max_length=10, choices=Publicity, default=Publicity.INTERNAL)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [
            GistIndex(fields=["geometry"], name="route_geom_gist"),
            GistIndex(Geography("geometry"), name="route_geog_gist"),
        ]
        verbose_name = _("route")

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Segment(models.Model):
    """The stretch of a route between two chainages (metres from its start), made by one method."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="segments")
    order = models.PositiveSmallIntegerField()
    start_vertex = models.PositiveIntegerField(help_text="Index of the route's vertex it starts at")
    end_vertex = models.PositiveIntegerField()
    geometry = LineStringField(srid=4326, spatial_index=False)
    length_m = models.FloatField(_("length, m"))
    method = models.CharField(_("method"), max_length=25, choices=Method)
    surface = models.CharField(_("surface"), max_length=15, choices=Surface)
    cover_depth_m = models.DecimalField(
        _("cover depth, m"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    duct_count = models.PositiveSmallIntegerField(_("ducts"), null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["route", "order"]
        indexes = [
            GistIndex(fields=["geometry"], name="segment_geom_gist"),
            GistIndex(Geography("geometry"), name="segment_geog_gist"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["route", "order"], name="segment_route_order")
        ]
        verbose_name = _("segment")


class CostRate(models.Model):
    """A unit cost somebody entered with its source; none stands by default (no sure figure)."""

    method = models.CharField(_("method"), max_length=25, choices=Method)
    vnd_per_m = models.DecimalField(_("đồng per metre"), max_digits=14, decimal_places=0)
    source = models.CharField(_("source"), max_length=250)
    confidence = models.CharField(_("confidence"), max_length=15)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["method", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["method", "valid_from"], name="rate_method_from")
        ]
        verbose_name = _("cost rate")


class CommitteeDecision(models.Model):
    """What the provincial committee ruled on a route, as its paper says; append-only by trigger."""

    route = models.OneToOneField(Route, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("ruling"), max_length=15, choices=CommitteeOutcome)
    number = models.CharField(_("number"), max_length=60)
    decided_on = models.DateField(_("date"))
    note = models.TextField(_("note"), blank=True)
    geometry = LineStringField(srid=4326, spatial_index=False)
    geometry_sha256 = models.CharField(max_length=64)
    length_m = models.FloatField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
