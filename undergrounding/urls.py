"""Addresses of undergrounding."""

from django.urls import URLPattern, URLResolver

app_name = "undergrounding"
urlpatterns: list[URLPattern | URLResolver] = []
