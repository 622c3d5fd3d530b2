"""A person's own account, and the one-click sign-in of demo mode."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from infra.ground.choices import Role
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of
from infra.people.access.roles import SECOND_FACTOR
from infra.people.accounts.demo import demo_user
from infra.people.accounts.forms import OwnAccountForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "POST"])
@sign_in_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, how notices reach me, password and second factor."""
    person = person_of(request)
    form = OwnAccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account")
    context = {
        "form": form,
        "roles": [Role(role).label for role in person.roles],
        "has_second_factor": is_mfa_enabled(person),
        "needs_second_factor": person.has_role(*SECOND_FACTOR),
    }
    return render(request, "account/account.html", context)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as a demo person at one click; there is no such page outside demo mode."""
    if not settings.DEMO_MODE:
        raise Http404
    user = demo_user(request.POST.get("person", ""))
    if user is None:
        messages.error(request, _("The demo accounts are not loaded: run manage.py demo_accounts."))
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if wanted and inside else "home")
