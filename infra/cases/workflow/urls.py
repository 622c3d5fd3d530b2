"""The one address of all transitions."""

from django.urls import path

from infra.cases.workflow import views

urlpatterns = [
    path(
        "quy-trinh/<slug:workflow>/<uuid:uuid>/<slug:name>/",
        views.transition_page,
        name="workflow_transition",
    ),
]
