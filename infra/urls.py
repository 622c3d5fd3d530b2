"""Every address; the halves are named by string only."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import JavaScriptCatalog

from infra.exchange.data_home import data_home
from infra.health.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("infra.accounts.urls")),
    path("", include("infra.shell.urls")),
    path("", include("infra.workflow.urls")),
    path("ban-do/", include("infra.map.urls")),
    path("", include("infra.geo.urls")),
    path("api/v1/", include("infra.api.urls")),
    path("du-lieu/", include("infra.territory.urls")),
    path("", include("infra.files.urls")),
    path("", include("infra.documents.urls")),
    path("", include("infra.dossiers.urls")),
    path("du-lieu/", data_home, name="data"),
    path("du-lieu/cong-viec/", include("infra.jobs.urls")),
    path("du-lieu/nhap/", include("infra.exchange.urls")),
    path("", include("sites.urls")),
    path("", include("undergrounding.urls")),
]

handler400 = "infra.shell.errors.bad_request"
handler403 = "infra.shell.errors.forbidden"
handler404 = "infra.shell.errors.not_found"
handler500 = "infra.shell.errors.server_error"
