"""The owner of an account hears that somebody tries passwords on it."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import FailureScope
from infra.models import SignInFailures, User
from infra.people.accounts.throttle import account_key
from infra.people.notices import notify

WORTH_TELLING = 5
NOT_AGAIN_FOR = timedelta(hours=24)


def tell_owners() -> None:
    """A duty: one notice a day, by every channel.

    Never from the sign-in page itself, whose answer would take longer for accounts that exist.
    """
    now = timezone.now()
    rows = SignInFailures.objects.filter(
        Q(told_at=None) | Q(told_at__lt=now - NOT_AGAIN_FOR, last_at__gt=F("told_at")),
        scope=FailureScope.ACCOUNT,
        count__gte=WORTH_TELLING,
    )
    untold = {row.key: row for row in rows}
    if not untold:
        return
    for user in User.objects.filter(is_active=True):
        if row := untold.get(account_key(user.email)):
            _tell(user, row)
    SignInFailures.objects.filter(key__in=untold).update(told_at=now)


def _tell(user: User, row: SignInFailures) -> None:
    last = timezone.localtime(row.last_at)
    notify(
        [user],
        _("Somebody tried wrong passwords on your account"),
        _(
            "%(count)d wrong passwords within a day, the last at %(time)s on %(day)s, from devices"
            " that are not known as yours. Nobody got in. Your own devices are not locked. If it"
            " was not you: choose a password that you use nowhere else and set up a second factor."
        )
        % {"count": row.count, "time": f"{last:%H:%M}", "day": f"{last:%d/%m/%Y}"},
        reverse("account"),
        must_reach=True,
    )
