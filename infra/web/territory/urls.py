"""Addresses of units and constraint layers."""

from django.urls import path

from infra.web.territory import views

app_name = "territory"
urlpatterns = [
    path("don-vi/", views.unit_list, name="units"),
    path("lop-du-lieu/", views.layer_list, name="layers"),
]
