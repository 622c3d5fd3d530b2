"""Addresses that a dossier's forms post to."""

from django.urls import path

from infra.cases.dossiers import views

urlpatterns = [
    path("ho-so/tiep-nhan/", views.reception, name="dossier_reception"),
    path("ho-so/<uuid:uuid>/binh-luan/", views.comment, name="dossier_comment"),
    path("ho-so/<uuid:uuid>/lay-y-kien/", views.consult, name="dossier_consult"),
    path("ho-so/<uuid:uuid>/tra-loi/", views.opinion, name="dossier_opinion"),
    path("ho-so/<uuid:uuid>/phan-cong/", views.assign, name="dossier_assign"),
    path("ho-so/<uuid:uuid>/tep/", views.add_files, name="dossier_files"),
    path("ho-so/<uuid:uuid>/tep/<uuid:file>/bo/", views.remove_file, name="dossier_file_remove"),
]
