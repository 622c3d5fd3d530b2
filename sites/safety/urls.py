"""Addresses of surveys and remediation proposals."""

from django.urls import path

from sites.safety import views as surveys

urlpatterns = [
    path("kiem-tra/", surveys.inspection_list, name="inspection_list"),
    path("kiem-tra/cot/<uuid:uuid>/", surveys.survey_form, name="survey_form"),
    path("kiem-tra/cot/<uuid:uuid>/gui/", surveys.survey_submit, name="survey_submit"),
    path("kiem-tra/<uuid:uuid>/", surveys.inspection_detail, name="inspection_detail"),
    path("kiem-tra/<uuid:uuid>/anh/", surveys.survey_photo, name="survey_photo"),
    path("kiem-tra/de-xuat/<uuid:uuid>/", surveys.proposal_detail, name="proposal_detail"),
]
