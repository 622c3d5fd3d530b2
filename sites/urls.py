"""Addresses of masts, surveys and appraisals."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "sites"
urlpatterns: list[URLPattern | URLResolver] = [
    path("cot/", include("sites.register.urls")),
    path("kiem-tra/", include("sites.safety.urls")),
    path("tham-dinh/", include("sites.appraisal.urls")),
]
