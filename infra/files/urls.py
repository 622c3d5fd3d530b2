"""Addresses of files."""

from django.urls import path

from infra.files import views

urlpatterns = [
    path("tep/<uuid:uuid>/", views.download, name="file"),
    path("tep/<uuid:uuid>/goc/", views.original, name="file_original"),
]
