"""Imports: the file, how it was read, what was found wrong, what became of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import ImportState, IssueSeverity, Role
from infra.ground.constraints import chosen
from infra.models.fields import StoredHash
from infra.models.job import Job
from infra.models.user import Person, User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports, narrowed to a person's own."""

    def visible_to(self, user: Person) -> "ImportRunQuerySet":
        """One's own; all for administrators."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.filter(created_by=user)


class ImportRun(models.Model):
    """One file on its way into the register: read, mapped, tried dry, then all or nothing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = StoredHash()
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MAPPING)
    head = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    message = models.CharField(max_length=300, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="imports")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            chosen("import", "state", ImportState),
        ]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file_name


class ImportIssue(models.Model):
    """Something wrong in one row and column, in a sentence, with the mend offered."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="issues")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=120, blank=True)
    severity = models.CharField(max_length=10, choices=IssueSeverity)
    code = models.SlugField(max_length=40)
    value = models.CharField(_("value"), max_length=200, blank=True)
    sentence = models.CharField(_("what is wrong"), max_length=500)
    mend = models.SlugField(max_length=60, blank=True)
    mend_sentence = models.CharField(_("mend offered"), max_length=300, blank=True)

    class Meta:
        ordering = ["row", "pk"]
        constraints = [
            chosen("issue", "severity", IssueSeverity),
        ]
        indexes = [models.Index(fields=["run", "code"], name="issue_run_code")]


class ColumnMemory(models.Model):
    """How an organisation last mapped a file with these columns, so that it is asked once."""

    kind = models.CharField(max_length=40)
    organisation_id = models.BigIntegerField(default=0)
    columns_sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation_id", "columns_sha256"], name="column_memory_once"
            )
        ]
