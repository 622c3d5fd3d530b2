"""The structure that carries antennas; never the same as a station, its owner or its landlord."""

import uuid

import pgtrigger
from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Collate, Concat, Upper
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Publicity, Role
from infra.ground.constraints import chosen, not_negative
from infra.ground.expressions import Geography
from infra.ground.plaintext import PlainText
from infra.ground.tracking import tracked
from infra.models import Organisation, Person
from infra.models.base import VersionedModel
from sites.choices import Footing, Grade, MastClass, OperatingStatus, PermitStatus, Structure

# What people type when they look for a mast: one expression, so that one index serves it.
SEARCH_TEXT = PlainText(
    Concat("code", Value(" "), "name", Value(" "), "address", output_field=models.TextField())
)
# The part of it that everybody reads on a public mast.
PUBLIC_SEARCH_TEXT = PlainText(Concat("code", Value(" "), "name", output_field=models.TextField()))
# The order in which masts are to be visited: worst grade first, in it the longest unseen. One
# expression for the list, its filter by grade and its index.
VISIT_RANKS = {Grade.D: 0, Grade.C: 1, Grade.UNGRADED: 2, Grade.B: 3, Grade.A: 4}
VISIT_RANK = Case(
    *(When(grade=grade.value, then=Value(rank)) for grade, rank in VISIT_RANKS.items()),
    output_field=models.IntegerField(),
)
VISIT_ORDER = (VISIT_RANK.asc(), F("last_verified_on").asc(nulls_first=True), F("code").asc())
TO_VISIT = Q(archived_at=None) & ~Q(
    operating_status__in=[OperatingStatus.DISMANTLED.value, OperatingStatus.PLANNED.value]
)
# What a current mast may lack, each with a small index: the page of data counts and lists them.
LACKING = ("location_accuracy_m", "owner", "height_m", "last_verified_on")


def _lacking(field: str) -> models.Index:
    missing = Q(("archived_at", None), (f"{field}__isnull", True))
    return models.Index(fields=["code"], condition=missing, name=f"mast_no_{field}"[:30])


# Owner and operators: `sites_mast_viewers`. A new mast starts with its owner (the plain trigger
# `viewers_of_new` of the migration, cheap enough for COPY of very many); stations that were written
# before their mast are added by the statement's end.
VIEWERS_OF_CHANGED = """
NEW.viewer_org_ids := sites_mast_viewers(NEW.owner_id, NEW.id);
RETURN NEW;
"""
VIEWERS_UNDER_STATIONS = """
UPDATE sites_mast SET viewer_org_ids = sites_mast_viewers(owner_id, id)
WHERE id IN (SELECT mast_id FROM sites_station WHERE mast_id IN (SELECT id FROM new_rows));
RETURN NULL;
"""


class MastQuerySet(models.QuerySet["Mast"]):
    """Masts, narrowed to what a person may see."""

    def current(self) -> "MastQuerySet":
        """Those that are not archived."""
        return self.filter(archived_at=None)

    def visible_to(self, user: Person) -> "MastQuerySet":
        """All for the department; public ones, and an operator's own, for others."""
        if user.is_authenticated and user.is_department:
            return self.all()
        visible = Q(publicity=Publicity.PUBLIC)
        if user.is_authenticated and user.has_role(Role.OPERATOR):
            visible |= Q(viewer_org_ids__contains=[user.organisation_id])
        return self.filter(visible)


@tracked()
class Mast(VersionedModel):
    """A mast at a point (EPSG:4326, of the mast foot); heights in metres above its footing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    mast_class = models.CharField(_("class"), max_length=3, choices=MastClass, blank=True)
    structure = models.CharField(_("structure"), max_length=20, choices=Structure, blank=True)
    footing = models.CharField(_("footing"), max_length=10, choices=Footing, default=Footing.GROUND)
    height_m = models.DecimalField(
        _("mast height, m"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    building_height_m = models.DecimalField(
        _("building height, m"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    half_width_m = models.DecimalField(
        _("half-width, m"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    guy_count = models.PositiveSmallIntegerField(_("guys"), null=True, blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        related_name="masts",
    )
    owner_unreachable = models.BooleanField(_("owner cannot be reached"), default=False)
    permit_status = models.CharField(
        _("construction permit"),
        max_length=10,
        choices=PermitStatus,
        default=PermitStatus.UNKNOWN,
    )
    permit_number = models.CharField(_("permit number"), max_length=80, blank=True)
    permit_date = models.DateField(_("permit date"), null=True, blank=True)
    operating_status = models.CharField(
        _("operating status"),
        max_length=12,
        choices=OperatingStatus,
        default=OperatingStatus.ON_AIR,
    )
    grade = models.CharField(_("safety grade"), max_length=1, choices=Grade, blank=True)
    graded_on = models.DateField(_("graded on"), null=True, blank=True)
    built_on = models.DateField(_("built on"), null=True, blank=True)
    point = PointField(_("position"), srid=4326, spatial_index=False)
    location_accuracy_m = models.DecimalField(
        _("accuracy of the position, m"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    location_source = models.CharField(_("source of the position"), max_length=120, blank=True)
    declared_unit = models.CharField(_("commune as declared"), max_length=120, blank=True)
    last_verified_on = models.DateField(_("last verified"), null=True, blank=True)
    publicity = models.CharField(
        _("publicity"), max_length=10, choices=Publicity, default=Publicity.INTERNAL
    )
    # Owner and operators of the stations on it: kept by triggers, read by visible_to and tiles.
    viewer_org_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    note = models.TextField(_("note"), blank=True)
    archived_at = models.DateTimeField(null=True, editable=False)
    archive_reason = models.CharField(max_length=300, blank=True)

    objects = MastQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [
            GistIndex(fields=["point"], name="mast_point_gist"),
            GistIndex(Geography("point"), name="mast_geog_gist"),
            GinIndex(fields=["viewer_org_ids"], name="mast_viewers_gin"),
            models.Index(fields=["owner", "grade"], name="mast_owner_grade"),
            models.Index(fields=["grade"], name="mast_grade"),
            models.Index(*VISIT_ORDER, condition=TO_VISIT, name="mast_to_visit"),
            *(_lacking(field) for field in LACKING),
            GinIndex(OpClass(Upper("code"), "gin_trgm_ops"), name="mast_code_trgm"),
            models.Index(Collate("name", "vi-x-icu"), "id", name="mast_name_vi"),
            GinIndex(OpClass(SEARCH_TEXT, "gin_trgm_ops"), name="mast_search_trgm"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="viewers_under_stations",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
                func=VIEWERS_UNDER_STATIONS,
            ),
            pgtrigger.Trigger(
                name="viewers_of_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
                    "owner_id", "viewer_org_ids"
                ),
                condition=pgtrigger.AnyChange("owner", "viewer_org_ids"),
                func=VIEWERS_OF_CHANGED,
            ),
        ]
        constraints = [
            chosen("mast", "mast_class", MastClass, blank=True),
            chosen("mast", "structure", Structure, blank=True),
            chosen("mast", "footing", Footing),
            chosen("mast", "permit_status", PermitStatus),
            chosen("mast", "operating_status", OperatingStatus),
            chosen("mast", "grade", Grade, blank=True),
            chosen("mast", "publicity", Publicity),
            not_negative(
                "mast", "height_m", "building_height_m", "half_width_m", "location_accuracy_m"
            ),
        ]
        verbose_name = _("mast")

    def __str__(self) -> str:
        return self.code
