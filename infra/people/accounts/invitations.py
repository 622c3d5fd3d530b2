"""The letter that lets a new person choose a password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from infra.models import User


def invite(person: User) -> None:
    """Send the address where the person chooses a password; it holds as long as a reset's.

    Raises SMTPException or OSError when the mail server refuses or is away.
    """
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    context = {
        "person": person,
        "url": f"{settings.PUBLIC_URL.rstrip('/')}{path}",
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    get_adapter().send_mail("account/email/invitation", person.email, context)
