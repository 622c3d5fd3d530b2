"""Every address; the halves are named by string only."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import JavaScriptCatalog

from infra.health.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("allauth.urls")),
    path("", include("infra.workflow.urls")),
    path("ban-do/", include("infra.map.urls")),
    path("", include("sites.urls")),
    path("", include("undergrounding.urls")),
]
