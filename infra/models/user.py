"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import DEPARTMENT_ROLES, Role
from infra.ground.constraints import all_chosen
from infra.ground.tracking import tracked

# What the history keeps of a person: never a password, never when they came by.
TRACKED = [
    "id",
    "email",
    "full_name",
    "title",
    "organisation",
    "roles",
    "is_active",
    "is_staff",
    "is_superuser",
    "second_factor_reset_at",
]


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person with a hashed (or unusable) password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An administrator who also opens the administration pages."""
        fields |= {"is_staff": True, "is_superuser": True, "roles": [Role.ADMINISTRATOR]}
        return self.create_user(email, password, **fields)


@tracked(*TRACKED)
class User(AbstractUser):
    """A person of one organisation, holding one or several roles."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "infra.Organisation",
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        related_name="people",
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    notify_by_email = models.BooleanField(_("notices by e-mail"), default=True)
    second_factor_reset_at = models.DateTimeField(
        _("second factor taken away"), null=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        ordering = ["full_name"]
        constraints = [
            all_chosen("user", "roles", Role),
        ]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """As Django's; a second factor that was taken away ends every session as well."""
        since = self.second_factor_reset_at.isoformat() if self.second_factor_reset_at else ""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        held = f"{self.password}{since}"
        return salted_hmac(salt, held, secret=secret, algorithm="sha256").hexdigest()

    def has_role(self, *roles: Role | str) -> bool:
        """Whether the person holds one of these roles and may sign in."""
        return self.is_active and not set(self.roles).isdisjoint(roles)

    @property
    def is_department(self) -> bool:
        """Whether the person works for the department and so reads all that is not restricted."""
        return self.has_role(*DEPARTMENT_ROLES)


# Whoever asks: signed in, or one of the public.
Person = User | AnonymousUser
