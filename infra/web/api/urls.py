"""Where the JSON API lives."""

from django.urls import URLPattern, URLResolver, path

from infra.web.api.root import build_api

urlpatterns: list[URLPattern | URLResolver] = [path("", build_api().urls)]
