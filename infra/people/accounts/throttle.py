"""How often a password may be tried: bounded for who guesses, never a lock for the owner.

Failures are counted for the account and the address together, and a growing delay follows after a
few. Who guesses from many addresses makes the delay come sooner and last longer at every address
that fails, yet an address without a failure always has its try. An address that fails for many
accounts waits as a whole. A known device (`devices`) is held to its own failures alone. Unknown
accounts count like known ones, so that nothing can be learnt from an answer.

Only failures count, never attempts on their way: the attempts of one account from one address wait
for each other, so that eight correct ones at once are eight sign-ins and twenty wrong ones are no
more guesses than they would be one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from allauth.core.internal.ratelimit import get_ip
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from infra.ground.choices import FailureScope
from infra.models import SignInFailures, User
from infra.people.accounts.devices import known_device

MEMORY = timedelta(hours=24)  # without a failure for so long, all is forgotten
TURN_SECONDS = 10
ACCOUNT_UNDER_ATTACK = 20  # failures of one account from all addresses
FREE_UNDER_ATTACK = 2
NEVER = 10**9


@dataclass(frozen=True)
class Limit:
    """Failures without a delay, the first delay, which doubles, and the longest."""

    free: int
    first_seconds: int
    longest_seconds: int

    def delay(self, count: int) -> timedelta:
        """How long after the `count`-th failure nothing more is tried."""
        if count < self.free:
            return timedelta(0)
        doublings = min(count - self.free, 20)
        return timedelta(seconds=min(self.first_seconds * 2**doublings, self.longest_seconds))


PAIR = Limit(free=5, first_seconds=60, longest_seconds=15 * 60)
ADDRESS = Limit(free=30, first_seconds=30, longest_seconds=15 * 60)
DEVICE = Limit(free=10, first_seconds=60, longest_seconds=15 * 60)


class Wait(Exception):
    """Nothing is tried now; `minutes` says when again."""

    def __init__(self, until: datetime | None = None) -> None:
        self.minutes = max(1, ceil((until - timezone.now()).total_seconds() / 60)) if until else 1
        super().__init__(f"wait {self.minutes} minutes")


def tried(request: HttpRequest, email: str, check: Callable[[], User | None]) -> User | None:
    """What `check` finds, where it may be tried at all. Raises Wait without having tried."""
    attempt = Attempt(request, email)
    attempt.look()
    try:
        with transaction.atomic():
            attempt.take_turn()
            attempt.look()
            user = check()
            attempt.succeeded() if user else attempt.failed()
    except OperationalError as error:
        if "lock timeout" in str(error):
            raise Wait from error
        raise
    return user


class Attempt:
    """One password sent for one account from one address."""

    def __init__(self, request: HttpRequest, email: str) -> None:
        address, account = get_ip(request), account_key(email)
        device = _device_of(request, email)
        self.is_known = bool(device)
        self.own = _key("device", device, account) if device else _key("pair", account, address)
        self.account, self.address = account, _key("address", address)

    def take_turn(self) -> None:
        """Wait until no other attempt of the same kind is on its way."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{TURN_SECONDS}s'")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [self.own])
            cursor.execute("SET LOCAL lock_timeout = 0")

    def look(self) -> None:
        """Raises Wait while a delay runs."""
        keys = [self.own] if self.is_known else [self.own, self.address]
        blocked = SignInFailures.objects.filter(key__in=keys, blocked_until__gt=timezone.now())
        latest = blocked.order_by("-blocked_until").first()
        if latest is not None and latest.blocked_until is not None:
            raise Wait(latest.blocked_until)

    def failed(self) -> None:
        """Count, and let the delay begin where there is one."""
        if self.is_known:
            _count(self.own, FailureScope.DEVICE, DEVICE)
            return
        account = _count(self.account, FailureScope.ACCOUNT, Limit(NEVER, 0, 0))
        _count(self.own, FailureScope.PAIR, _pair_limit(account))
        _count(self.address, FailureScope.ADDRESS, ADDRESS)

    def succeeded(self) -> None:
        """Forget this device's or this address' failures with this account, nothing else."""
        SignInFailures.objects.filter(key=self.own).delete()


def account_key(email: str) -> str:
    """The key under which failures of an account are counted, whether there is one or not."""
    return _key("account", email.strip().casefold())


def forget_old() -> None:
    """A duty: what is older than the memory."""
    SignInFailures.objects.filter(last_at__lt=timezone.now() - MEMORY).delete()


def _pair_limit(account_failures: int) -> Limit:
    if account_failures <= ACCOUNT_UNDER_ATTACK:
        return PAIR
    harder = account_failures // ACCOUNT_UNDER_ATTACK
    return Limit(FREE_UNDER_ATTACK, min(60 * harder, PAIR.longest_seconds), PAIR.longest_seconds)


def _device_of(request: HttpRequest, email: str) -> str:
    if "known_device" not in request.COOKIES:
        return ""
    user = User.objects.filter(email__iexact=email.strip()).first()
    return known_device(request, user) if user else ""


def _count(key: str, scope: FailureScope, limit: Limit) -> int:
    now = timezone.now()
    SignInFailures.objects.bulk_create(
        [SignInFailures(key=key, scope=scope, last_at=now)], ignore_conflicts=True
    )
    row = SignInFailures.objects.select_for_update().get(key=key)
    row.count = 1 if row.last_at < now - MEMORY else row.count + 1
    row.last_at = now
    delay = limit.delay(row.count)
    row.blocked_until = now + delay if delay else None
    row.save(update_fields=["count", "last_at", "blocked_until"])
    return row.count


def _key(*parts: str) -> str:
    return salted_hmac(
        "infra.people.accounts.throttle", "\n".join(parts), algorithm="sha256"
    ).hexdigest()
