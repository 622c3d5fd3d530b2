"""Take a lost second factor away: only after the administrator's own password again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from infra.models import User
from infra.people.access.people import person_of
from infra.web.administration.forms import ResetForm
from infra.web.administration.people import second_factor_reset
from infra.web.administration.views.common import administrator, sent_form


@administrator
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def person_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """How the person was known, why, and then no app and no codes any more."""
    someone = get_object_or_404(User, pk=pk)
    form = ResetForm(request.POST or None, initial={"version": someone.version})

    def act() -> str:
        second_factor_reset(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"],
            identity_check=form.check_in_words(),
            why=form.cleaned_data["why"],
        )
        messages.success(
            request,
            _("The second factor of %s is taken away, and they were told.") % someone.full_name,
        )
        return reverse("administration:person", args=[pk])

    context = {"person": someone}
    return sent_form(request, form, "infra/administration/second_factor.html", context, act)
