"""Every address; the halves are named by string only."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from infra.exchange.data_home import data_home
from infra.work.health.views import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("quan-tri/", include("infra.web.administration.urls")),
    path("quan-tri/", admin.site.urls),
    path("tai-khoan/", include("infra.people.accounts.urls")),
    path("", include("infra.web.shell.urls")),
    path("", include("infra.cases.workflow.urls")),
    path("ban-do/", include("infra.map.urls")),
    path("", include("infra.places.field.urls")),
    path("api/v1/", include("infra.web.api.urls")),
    path("du-lieu/", include("infra.web.territory.urls")),
    path("", include("infra.files.urls")),
    path("", include("infra.cases.documents.urls")),
    path("", include("infra.cases.dossiers.urls")),
    path("du-lieu/", data_home, name="data"),
    path("du-lieu/cong-viec/", include("infra.work.jobs.urls")),
    path("du-lieu/nhap/", include("infra.exchange.urls")),
    path("", include("sites.urls")),
    path("", include("undergrounding.urls")),
]

handler400 = "infra.web.shell.errors.bad_request"
handler403 = "infra.web.shell.errors.forbidden"
handler404 = "infra.web.shell.errors.not_found"
handler500 = "infra.web.shell.errors.server_error"
