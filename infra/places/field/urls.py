"""Addresses of the coordinate field."""

from django.urls import path

from infra.places.field import views

urlpatterns = [path("toa-do/doc/", views.coordinate_reading, name="coordinate_reading")]
