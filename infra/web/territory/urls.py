"""Addresses of units and constraint layers."""

from django.urls import path

from infra.web.territory import loads, views

app_name = "territory"
urlpatterns = [
    path("don-vi/", views.unit_list, name="units"),
    path("lop-du-lieu/", views.layer_list, name="layers"),
    path("lop-du-lieu/nap/", loads.layer_load_new, name="layer_load_new"),
    path("don-vi/nap/", loads.boundary_load_new, name="boundary_load_new"),
    path("lop-du-lieu/nap/<uuid:uuid>/", loads.load_detail, name="load_detail"),
    path("lop-du-lieu/nap/<uuid:uuid>/xac-nhan/", loads.load_confirm, name="load_confirm"),
]
