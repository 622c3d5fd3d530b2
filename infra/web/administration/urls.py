"""Addresses of the administrators' pages."""

from django.urls import path
from django.views.generic import RedirectView

from infra.web.administration.views import competence, organisations, people, second_factor

app_name = "administration"
urlpatterns = [
    path("nguoi/", people.people, name="people"),
    path("nguoi/moi/", people.person_new, name="person_new"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/sua/", people.person_change, name="person_change"),
    path("nguoi/<int:pk>/khoa/", people.person_close, name="person_close"),
    path("nguoi/<int:pk>/mo-lai/", people.person_reopen, name="person_reopen"),
    path("nguoi/<int:pk>/moi-lai/", people.person_invite, name="person_invite"),
    path(
        "nguoi/<int:pk>/lop-hai/",
        second_factor.person_second_factor,
        name="person_second_factor",
    ),
    # Where people were kept before: somebody may have kept the address.
    path(
        "infra/user/<int:pk>/change/",
        RedirectView.as_view(pattern_name="administration:person"),
        name="person_formerly",
    ),
    path("vai-tro/", people.roles, name="roles"),
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/moi/", organisations.organisation_new, name="organisation_new"),
    path("to-chuc/<int:pk>/", organisations.organisation, name="organisation"),
    path("tham-quyen-ky/", competence.authorities, name="authorities"),
    path("tham-quyen-ky/moi/", competence.authority_new, name="authority_new"),
    path("tham-quyen-ky/<int:pk>/", competence.authority, name="authority"),
    path("tham-quyen-ky/<int:pk>/ket-thuc/", competence.authority_ends, name="authority_end"),
]
