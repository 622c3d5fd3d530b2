"""Addresses of the shell."""

from django.urls import path
from django.views.i18n import set_language

from infra.web.shell import views

urlpatterns = [
    path("", views.home, name="home"),
    path("viec/<slug:key>/", views.work_list, name="work_list"),
    path("tim/", views.search_page, name="search"),
    path("thong-bao/", views.notice_list, name="notices"),
    path("thong-bao/da-doc/", views.notices_read, name="notices_read"),
    path("thong-bao/<uuid:uuid>/", views.notice_open, name="notice_open"),
    path("ngon-ngu/", set_language, name="set_language"),
]
