"""Addresses of masts and stations."""

from django.urls import path

from sites.register.views import edit, export, masts, parts, quality
from sites.safety.views import repairs

urlpatterns = [
    path("", masts.mast_list, name="mast_list"),
    path("moi/", edit.mast_new, name="mast_new"),
    path("xuat.csv", export.mast_csv, name="mast_csv"),
    path("xuat.geojson", export.mast_geojson, name="mast_geojson"),
    path("con-thieu/<slug:key>/", quality.mast_lacking, name="mast_lacking"),
    path("<uuid:uuid>/", masts.mast_detail, name="mast_detail"),
    path("<uuid:uuid>/lich-su/", masts.mast_history, name="mast_history"),
    path("<uuid:uuid>/so-do.svg", masts.mast_sketch_svg, name="mast_sketch"),
    path("<uuid:uuid>/sua/", edit.mast_change, name="mast_change"),
    path("<uuid:uuid>/luu-tru/", edit.mast_shelve, name="mast_shelve"),
    path("<uuid:uuid>/tep/", parts.mast_file_add, name="mast_file_add"),
    path("<uuid:uuid>/tram/moi/", parts.station_new, name="station_new"),
    path("<uuid:uuid>/tram/<uuid:station>/", parts.station_change, name="station_change"),
    path("<uuid:uuid>/tram/<uuid:station>/xoa/", parts.station_remove, name="station_remove"),
    path("<uuid:uuid>/kiem-dinh/moi/", parts.assessment_new, name="assessment_new"),
    path(
        "<uuid:uuid>/kiem-dinh/<int:pk>/",
        parts.assessment_change,
        name="assessment_change",
    ),
    path("<uuid:uuid>/sua-chua/moi/", repairs.repair_new, name="repair_new"),
    path(
        "<uuid:uuid>/sua-chua/<uuid:repair>/rut/",
        repairs.repair_take_back,
        name="repair_take_back",
    ),
    path("<uuid:uuid>/thue/moi/", parts.lease_new, name="lease_new"),
    path("<uuid:uuid>/thue/<int:pk>/", parts.lease_change, name="lease_change"),
]
