"""Addresses of documents, and the public one behind their QR codes."""

from django.urls import path

from infra.cases.documents import views

urlpatterns = [
    path("van-ban/<uuid:uuid>/", views.detail, name="document_detail"),
    path("van-ban/<uuid:uuid>/pdf/", views.pdf, name="document_pdf"),
    path("xac-minh/<uuid:uuid>/", views.verify, name="document_verify"),
]
