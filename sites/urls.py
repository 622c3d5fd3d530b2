"""Addresses of masts, surveys and appraisals."""

from django.urls import URLPattern, URLResolver, include, path

from sites.register import urls as mast_urls
from sites.safety import urls as survey_urls

app_name = "sites"
urlpatterns: list[URLPattern | URLResolver] = [
    *mast_urls.urlpatterns,
    *survey_urls.urlpatterns,
    path("tham-dinh/", include("sites.appraisal.urls")),
]
