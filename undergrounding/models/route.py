"""Cable routes drawn by planners, and their segments."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.db.models import LineStringField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Publicity
from infra.ground.constraints import chosen, not_negative
from infra.ground.expressions import Geography
from infra.ground.tracking import tracked
from infra.models import Organisation, User
from infra.models.base import VersionedModel
from undergrounding.choices import Method, RouteState, Surface
from undergrounding.models.scheme import Scheme

DECIDED_STATES = (RouteState.APPROVED, RouteState.IN_WORKS, RouteState.DONE)


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes, narrowed to what a person may see."""

    def current(self) -> "RouteQuerySet":
        """Those that nobody put aside."""
        return self.filter(archived_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "RouteQuerySet":
        """All for the department; approved and published ones for everybody else."""
        if isinstance(user, User) and user.is_department:
            return self.all()
        return self.current().filter(publicity=Publicity.PUBLIC, state__in=DECIDED_STATES)


@tracked()
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
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_save_id = models.UUIDField(null=True, editable=False)
    """The client's name of the last save: sent again, it is the same save."""

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [
            GistIndex(fields=["geometry"], name="route_geom_gist"),
            GistIndex(Geography("geometry"), name="route_geog_gist"),
        ]
        constraints = [
            chosen("route", "state", RouteState),
            chosen("route", "publicity", Publicity),
        ]
        verbose_name = _("route")

    def __str__(self) -> str:
        return self.name


@tracked()
class Segment(models.Model):
    """The stretch of a route between two of its vertices, made by one method; blank in a draft."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="segments")
    order = models.PositiveSmallIntegerField()
    start_vertex = models.PositiveIntegerField(help_text="Index of the route's vertex it starts at")
    end_vertex = models.PositiveIntegerField()
    geometry = LineStringField(srid=4326, spatial_index=False)
    length_m = models.FloatField(_("length, m"))
    method = models.CharField(_("method"), max_length=25, choices=Method, blank=True)
    surface = models.CharField(_("surface"), max_length=15, choices=Surface, blank=True)
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
            models.UniqueConstraint(fields=["route", "order"], name="segment_route_order"),
            chosen("segment", "method", Method, blank=True),
            chosen("segment", "surface", Surface, blank=True),
            not_negative("segment", "length_m", "cover_depth_m"),
            models.CheckConstraint(
                condition=Q(end_vertex__gt=F("start_vertex")),
                name="segment_runs_onward",
                violation_error_message=_("A segment ends after the vertex it starts at."),
            ),
        ]
        verbose_name = _("segment")
