"""Addresses of imports."""

from django.urls import path

from infra.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.run_list, name="run_list"),
    path("<uuid:uuid>/", views.run_detail, name="run_detail"),
    path("<uuid:uuid>/doc-lai/", views.run_reread, name="run_reread"),
    path("<uuid:uuid>/kiem-tra/", views.run_check, name="run_check"),
    path("<uuid:uuid>/sua/", views.run_mend, name="run_mend"),
    path("<uuid:uuid>/xac-nhan/", views.run_confirm, name="run_confirm"),
    path("<uuid:uuid>/khop-lai/", views.run_remap, name="run_remap"),
    path("<uuid:uuid>/loi.csv", views.run_issues_csv, name="run_issues_csv"),
]
