"""Addresses of undergrounding."""

from django.urls import URLPattern, URLResolver, path

from undergrounding.views import editor, rates, routes

app_name = "undergrounding"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ngam-hoa/", routes.route_list, name="route_list"),
    path("ngam-hoa/moi/", editor.route_new, name="route_new"),
    path("ngam-hoa/don-gia/", rates.rate_list, name="rate_list"),
    path("ngam-hoa/don-gia/moi/", rates.rate_new, name="rate_new"),
    path("ngam-hoa/don-gia/<uuid:uuid>/", rates.rate_edit, name="rate_edit"),
    path("ngam-hoa/don-gia/<uuid:uuid>/bo/", rates.rate_remove, name="rate_remove"),
    path("ngam-hoa/<uuid:uuid>/", routes.route_detail, name="route_detail"),
    path("ngam-hoa/<uuid:uuid>/ve/", editor.route_edit, name="route_edit"),
    path("ngam-hoa/<uuid:uuid>/luu/", editor.route_save_drawing, name="route_save"),
    path("ngam-hoa/<uuid:uuid>/cat-di/", routes.route_put_aside, name="route_put_aside"),
    path("ngam-hoa/<uuid:uuid>/lay-lai/", routes.route_take_back, name="route_take_back"),
]
