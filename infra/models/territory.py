"""Administrative units with dates and successors, and the immutable constraint layers."""

import pgtrigger
from django.contrib.gis.db.models import GeometryField, MultiPolygonField, PointField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import ConstraintKind, UnitLevel
from infra.ground.constraints import chosen, in_order
from infra.ground.expressions import Geography
from infra.ground.plaintext import WordsOf

# A sealed version may only stop being the current one.
SEALED_DATASET_STAYS = """
    IF TG_OP = 'DELETE'
        OR to_jsonb(NEW) - 'is_current' IS DISTINCT FROM to_jsonb(OLD) - 'is_current' THEN
        RAISE EXCEPTION 'constraint dataset % is sealed: load a new version', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""
FEATURES_STAY = """
    IF EXISTS (
        SELECT 1 FROM infra_constraintdataset
        WHERE is_sealed AND id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.dataset_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.dataset_id END
        )
    ) THEN
        RAISE EXCEPTION 'constraint features are sealed with their dataset: load a new version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class AdministrativeUnit(models.Model):
    """A province, district or commune as it stood between two dates."""

    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=120)
    kind_name = models.CharField(_("kind"), max_length=30, help_text="Xã, Phường, Huyện…")
    level = models.PositiveSmallIntegerField(_("level"), choices=UnitLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    point = PointField(srid=4326, null=True, spatial_index=False)
    boundary = MultiPolygonField(srid=4326, null=True, spatial_index=False)
    boundary_source = models.CharField(max_length=200, blank=True)
    boundary_is_approximate = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "level", "valid_from"], name="unit_code_from"),
            chosen("unit", "level", UnitLevel),
            in_order("unit"),
        ]
        indexes = [GistIndex(fields=["boundary"], name="unit_boundary_gist")]
        verbose_name = _("administrative unit")

    def __str__(self) -> str:
        return f"{self.kind_name} {self.name}".strip()


class UnitSuccession(models.Model):
    """That a unit, or a share of it, became another."""

    predecessor = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="origins")
    is_whole = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_pair")
        ]


class ConstraintDataset(models.Model):
    """One immutable version of a constraint layer; a new load is a new version, the old stays."""

    kind = models.CharField(_("kind"), max_length=20, choices=ConstraintKind)
    version = models.PositiveIntegerField(_("version"))
    source = models.CharField(_("source"), max_length=200)
    source_date = models.DateField(_("source date"))
    is_current = models.BooleanField(_("current"), default=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    feature_count = models.PositiveIntegerField(default=0)
    is_sealed = models.BooleanField(default=False, editable=False)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey("infra.User", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="dataset_kind_version"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(is_current=True), name="dataset_one_current"
            ),
            chosen("dataset", "kind", ConstraintKind),
        ]
        verbose_name = _("constraint layer")
        triggers = [
            pgtrigger.Trigger(
                name="sealed_dataset_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_sealed=True),
                func=SEALED_DATASET_STAYS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.version}"


class ConstraintFeature(models.Model):
    """One school, house, road … of a dataset version; geometry in EPSG:4326."""

    dataset = models.ForeignKey(ConstraintDataset, models.CASCADE, related_name="features")
    kind = models.CharField(max_length=20, choices=ConstraintKind)
    external_id = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200, blank=True)
    properties = models.JSONField(default=dict, blank=True)
    geometry = GeometryField(srid=4326, spatial_index=False)

    class Meta:
        constraints = [
            chosen("feature", "kind", ConstraintKind),
        ]
        indexes = [
            GistIndex(fields=["geometry"], name="constraint_geom_gist"),
            GistIndex(Geography("geometry"), name="constraint_geog_gist"),
            models.Index(fields=["dataset", "kind"], name="constraint_dataset_kind"),
            GinIndex(WordsOf("name"), name="constraint_name_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="features_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FEATURES_STAY,
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
