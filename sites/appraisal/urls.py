"""Addresses of appraisals, under /tham-dinh/."""

from django.urls import path

from sites.appraisal.views import candidates, dossiers, workbench

urlpatterns = [
    path("", dossiers.dossier_index, name="dossier_list"),
    path("moi/", dossiers.dossier_new, name="dossier_new"),
    path("<uuid:uuid>/", dossiers.dossier_detail, name="dossier_detail"),
    path("<uuid:uuid>/sua/", dossiers.dossier_edit, name="dossier_edit"),
    path("<uuid:uuid>/bo/", dossiers.dossier_remove, name="dossier_remove"),
    path("<uuid:uuid>/ra-soat/", workbench.dossier_screen, name="dossier_screen"),
    path("<uuid:uuid>/vi-tri/", candidates.candidate_new, name="candidate_new"),
    path("<uuid:uuid>/bang/", candidates.candidates_paste, name="candidates_paste"),
    path("<uuid:uuid>/xem-truoc/", candidates.candidate_preview, name="candidate_preview"),
    path("<uuid:uuid>/luu/<uuid:candidate>/", candidates.candidate_store, name="candidate_store"),
    path("vi-tri/<uuid:uuid>/", workbench.candidate_detail, name="candidate_detail"),
    path("vi-tri/<uuid:uuid>/sua/", candidates.candidate_edit, name="candidate_edit"),
    path("vi-tri/<uuid:uuid>/xoa/", candidates.candidate_delete, name="candidate_delete"),
    path("vi-tri/<uuid:uuid>/ket-qua/", workbench.candidate_outcome, name="candidate_outcome"),
]
