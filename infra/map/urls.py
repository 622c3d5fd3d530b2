"""Addresses of the map."""

from django.urls import path

from infra.map import views

app_name = "map"
urlpatterns = [
    path("", views.map_page, name="page"),
    path("o/<str:layers>/<str:z>/<str:x>/<str:y>.mvt", views.tile, name="tile"),
    path("danh-sach/", views.listed, name="list"),
    path("nhan-dien/", views.identified, name="identify"),
    path("tim/", views.searched, name="search"),
    path("gui-di/", views.handed_out, name="handout"),
    path("geojson/<str:layer>/", views.geojson, name="geojson"),
    path("doi-tuong/<str:layer>/<str:identifier>/", views.feature, name="feature"),
]
