"""Addresses of background jobs."""

from django.urls import path

from infra.work.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:uuid>/", views.job_detail, name="detail"),
    path("<uuid:uuid>/tien-do/", views.job_progress, name="progress"),
    path("<uuid:uuid>/dung/", views.job_cancel, name="cancel"),
    path("<uuid:uuid>/lam-lai/", views.job_retry, name="retry"),
]
