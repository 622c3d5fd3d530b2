"""Addresses of masts and stations."""

from django.urls import path

from sites.register.views import edit as mast_edit
from sites.register.views import export as mast_export
from sites.register.views import masts
from sites.register.views import parts as mast_parts

urlpatterns = [
    path("cot/", masts.mast_list, name="mast_list"),
    path("cot/moi/", mast_edit.mast_new, name="mast_new"),
    path("cot/xuat.csv", mast_export.mast_csv, name="mast_csv"),
    path("cot/xuat.geojson", mast_export.mast_geojson, name="mast_geojson"),
    path("cot/<uuid:uuid>/", masts.mast_detail, name="mast_detail"),
    path("cot/<uuid:uuid>/lich-su/", masts.mast_history, name="mast_history"),
    path("cot/<uuid:uuid>/sua/", mast_edit.mast_change, name="mast_change"),
    path("cot/<uuid:uuid>/luu-tru/", mast_edit.mast_shelve, name="mast_shelve"),
    path("cot/<uuid:uuid>/tep/", mast_parts.mast_file_add, name="mast_file_add"),
    path("cot/<uuid:uuid>/tram/moi/", mast_parts.station_new, name="station_new"),
    path("cot/<uuid:uuid>/tram/<uuid:station>/", mast_parts.station_change, name="station_change"),
    path(
        "cot/<uuid:uuid>/tram/<uuid:station>/xoa/", mast_parts.station_remove, name="station_remove"
    ),
    path("cot/<uuid:uuid>/kiem-dinh/moi/", mast_parts.assessment_new, name="assessment_new"),
    path(
        "cot/<uuid:uuid>/kiem-dinh/<int:pk>/",
        mast_parts.assessment_change,
        name="assessment_change",
    ),
    path("cot/<uuid:uuid>/thue/moi/", mast_parts.lease_new, name="lease_new"),
    path("cot/<uuid:uuid>/thue/<int:pk>/", mast_parts.lease_change, name="lease_change"),
]
