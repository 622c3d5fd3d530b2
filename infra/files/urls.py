"""The one address of files."""

from django.urls import path

from infra.files import views

urlpatterns = [path("tep/<uuid:uuid>/", views.download, name="file")]
