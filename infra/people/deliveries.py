"""Send what waits to be sent outside the application: tried again with growing pauses, then told.

Two workers never send one letter twice: whoever takes a delivery leases it under SKIP LOCKED and
commits before it speaks to a server. A worker that dies with a letter in hand loses the lease, and
the letter goes out again under the same Message-ID.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import DeliveryState, Role
from infra.models import NoticeDelivery, User
from infra.people.notices import CHANNELS
from infra.people.worklist import WorkItem, WorkKind

PERIOD_SECONDS = 5
LEASE = timedelta(minutes=5)
MOST_AT_ONCE = 200
# After each failed attempt but the last; what still fails then is given up and told.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))


def send_due() -> int:
    """Try every delivery whose time has come; how many were tried. A duty of the workers."""
    tried = 0
    while tried < MOST_AT_ONCE and (delivery := _leased()):
        _attempt(delivery)
        tried += 1
    return tried


@transaction.atomic
def send_again(deliveries: QuerySet[NoticeDelivery]) -> int:
    """Let what was given up (or had no server) wait again, from the first attempt; how many."""
    over = [DeliveryState.FAILED, DeliveryState.NOT_SET_UP]
    return deliveries.filter(state__in=over).update(
        state=DeliveryState.WAITING, attempts=0, next_try_at=timezone.now(), error=""
    )


def _failed_ones(user: User) -> QuerySet[NoticeDelivery] | None:
    """For administrators: letters that were given up."""
    if not user.has_role(Role.ADMINISTRATOR):
        return None
    rows = NoticeDelivery.objects.filter(state=DeliveryState.FAILED)
    return rows.select_related("notice").order_by("pk")


def _failed_one(delivery: NoticeDelivery, _user: User) -> WorkItem:
    return WorkItem(
        title=delivery.notice.subject,
        sentence=_("This letter could not be sent: see why, then send it again."),
        url=reverse("admin:infra_noticedelivery_change", args=[delivery.pk]),
        due_on=timezone.localdate(),
    )


def _failed_page() -> str:
    return reverse("admin:infra_noticedelivery_changelist") + "?state__exact=failed"


FAILED_LETTERS = WorkKind(
    "letters",
    gettext_lazy("Letters that could not be sent"),
    rows=_failed_ones,
    item=_failed_one,
    page=_failed_page,
)


@transaction.atomic
def _leased() -> NoticeDelivery | None:
    now = timezone.now()
    due = NoticeDelivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now)
    delivery = due.order_by("next_try_at", "pk").select_for_update(skip_locked=True).first()
    if delivery is not None:
        delivery.attempts += 1
        delivery.next_try_at = now + LEASE
        delivery.save(update_fields=["attempts", "next_try_at"])
    return delivery


def _attempt(delivery: NoticeDelivery) -> None:
    channel = CHANNELS.get(delivery.channel)
    if not channel.is_set_up():
        _end(delivery, state=DeliveryState.NOT_SET_UP, attempts=0)
        return
    try:
        channel.send(delivery)
    except Exception as error:  # noqa: BLE001 - a channel may fail in any way; none stops a duty
        _failed(delivery, f"{type(error).__name__}: {error}"[:500])
    else:
        _end(delivery, state=DeliveryState.SENT, sent_at=timezone.now(), error="")


def _failed(delivery: NoticeDelivery, error: str) -> None:
    if delivery.attempts > len(PAUSES):
        _end(delivery, state=DeliveryState.FAILED, error=error)
    else:
        pause = PAUSES[delivery.attempts - 1]
        _end(delivery, error=error, next_try_at=timezone.now() + pause)


def _end(delivery: NoticeDelivery, **facts: object) -> None:
    """Only by the attempt that still holds it."""
    mine = NoticeDelivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    mine.filter(state=DeliveryState.WAITING).update(**facts)
