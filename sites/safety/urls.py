"""Addresses of surveys and remediation proposals."""

from django.urls import path

from sites.safety.views import lists, surveys

urlpatterns = [
    path("", lists.inspection_list, name="inspection_list"),
    path("cot/<uuid:uuid>/", surveys.survey_form, name="survey_form"),
    path("cot/<uuid:uuid>/gui/", surveys.survey_submit, name="survey_submit"),
    path("<uuid:uuid>/", surveys.inspection_detail, name="inspection_detail"),
    path("<uuid:uuid>/anh/", surveys.survey_photo, name="survey_photo"),
    path("de-xuat/<uuid:uuid>/", surveys.proposal_detail, name="proposal_detail"),
]
