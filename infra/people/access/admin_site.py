"""The administration pages: for administrators only, through the one sign-in page."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Role
from infra.ground.number_field import NumberField, NumberWidget, WholeNumberField
from infra.models import User

NUMBER_FIELDS: dict[Any, dict[str, Any]] = {
    models.DecimalField: {"form_class": NumberField, "widget": NumberWidget},
    models.FloatField: {"form_class": NumberField, "widget": NumberWidget},
    models.IntegerField: {"form_class": WholeNumberField, "widget": NumberWidget},
}


class AdministrationSite(AdminSite):
    """Signed-in people without the role get 403, strangers the sign-in page."""

    site_header = _("Trạm & Tuyến administration")
    site_title = _("Administration")
    index_title = _("Editable rows")
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "infra/administration/home.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Raises PermissionDenied for a signed-in person who is not an administrator."""
        if not request.user.is_authenticated:
            return False
        if not is_administrator(request.user):
            raise PermissionDenied
        return True

    def register(
        self,
        model_or_iterable: Any,
        admin_class: type[ModelAdmin] | None = None,  # type: ignore[type-arg]
        **options: Any,
    ) -> None:
        """Takes our own pages only: those that libraries bring show secrets or skip our rules."""
        if admin_class and issubclass(admin_class, AdministratorAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sends to the one page for changing a password."""
        return redirect("account_change_password")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sends to the one sign-in page, which knows lockout and second factor."""
        return redirect_to_login(request.GET.get("next", request.path))


class AdministratorAdmin(ModelAdmin):  # type: ignore[type-arg]
    """A model that administrators edit; nobody needs Django's own permission rows."""

    formfield_overrides = NUMBER_FIELDS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_administrator(request.user)


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether the person holds the administrator's role."""
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR))
