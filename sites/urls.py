"""Addresses of masts, surveys and appraisals."""

from django.urls import URLPattern, URLResolver

app_name = "sites"
urlpatterns: list[URLPattern | URLResolver] = []
