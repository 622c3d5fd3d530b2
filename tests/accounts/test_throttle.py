"""Guessing is bounded; nobody is kept out by what a stranger types; the owner hears of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.models import Notice, SignInFailures, User
from infra.people.accounts.devices import COOKIE, SALT
from infra.people.accounts.throttle import ADDRESS, PAIR, forget_old
from infra.people.accounts.warnings import tell_owners
from infra.people.deliveries import send_due
from tests.cast import PASSWORD, Cast
from tests.reading import page_text

LOGIN = "/tai-khoan/dang-nhap/"
ATTACKER, OFFICE, HOME = "203.0.113.9", "198.51.100.7", "198.51.100.8"
TOO_MANY = "Đăng nhập sai quá nhiều lần"
WRONG = "Thư điện tử hoặc mật khẩu không đúng"


class Clock:
    """The time of every part, moved by hand."""

    def __init__(self) -> None:
        self.at = timezone.now()

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(timezone, "now", moved)
    return moved


def sign_in(
    email: str, password: str = PASSWORD, at: str = ATTACKER, by: Client | None = None
) -> str:
    """`in`, `wrong` or `wait`."""
    client = by or Client()
    answer = client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=at)
    if answer.status_code == 302:
        return "in"
    return "wait" if TOO_MANY in page_text(answer) else "wrong"


def guess(email: str, times: int, at: str = ATTACKER) -> list[str]:
    return [sign_in(email, f"đoán {number}", at) for number in range(times)]


def signed_in_before(person: User, at: str = OFFICE) -> Client:
    """The owner's own browser, signed out again."""
    own = Client()
    assert sign_in(person.email, at=at, by=own) == "in"
    own.post("/tai-khoan/dang-xuat/")
    return own


def test_five_wrong_passwords_of_a_stranger_keep_nobody_out(cast: Cast, clean_cache: None) -> None:
    assert guess(cast.officer.email, 7) == ["wrong"] * 5 + ["wait"] * 2
    assert sign_in(cast.officer.email) == "wait", "from the stranger's address"
    assert sign_in(cast.officer.email, at=HOME) == "in", "from any other"


def test_a_known_device_goes_on_at_the_very_address_that_is_delayed(
    cast: Cast, clean_cache: None
) -> None:
    own = signed_in_before(cast.officer)
    guess(cast.officer.email, 8, at=OFFICE)
    assert sign_in(cast.officer.email, at=OFFICE) == "wait"
    assert sign_in(cast.officer.email, at=OFFICE, by=own) == "in"


@pytest.mark.parametrize("waits", [[1, 2, 4, 8, 15, 15]])
def test_the_delay_grows_and_ends_by_itself(
    cast: Cast, clean_cache: None, clock: Clock, waits: list[int]
) -> None:
    guess(cast.officer.email, 5)
    for minutes in waits:
        clock.move(minutes=minutes, seconds=-1)
        assert sign_in(cast.officer.email) == "wait", "the right password is not even tried"
        clock.move(seconds=2)
        assert sign_in(cast.officer.email, "vẫn sai") == "wrong"
    clock.move(minutes=15, seconds=1)
    assert sign_in(cast.officer.email) == "in"


def test_after_a_day_without_a_failure_all_is_forgotten(
    cast: Cast, clean_cache: None, clock: Clock
) -> None:
    guess(cast.officer.email, 5)
    clock.move(hours=25)
    forget_old()
    assert not SignInFailures.objects.exists()
    assert guess(cast.officer.email, 6) == ["wrong"] * 5 + ["wait"]


def test_a_good_sign_in_between_gives_no_new_guesses_on_others(
    cast: Cast, clean_cache: None
) -> None:
    """An attacker with an account of their own signs in after every guess."""
    tried = 0
    for number in range(60):
        tried += guess(f"person{number}@example.test", 1) == ["wrong"]
        sign_in(cast.rival.email)
    assert tried == ADDRESS.free


def test_one_address_that_fails_for_many_accounts_waits_as_a_whole(
    cast: Cast, clean_cache: None, clock: Clock
) -> None:
    own = signed_in_before(cast.officer, at=ATTACKER)
    answers = [guess(f"ai-do-{number}@example.test", 1)[0] for number in range(ADDRESS.free + 5)]
    assert answers == ["wrong"] * ADDRESS.free + ["wait"] * 5
    assert sign_in(cast.planner.email) == "wait"
    assert sign_in(cast.planner.email, at=HOME) == "in"
    assert sign_in(cast.officer.email, by=own) == "in"


def test_guessing_one_account_from_many_addresses_slows_down_and_locks_nobody(
    cast: Cast, clean_cache: None
) -> None:
    email = cast.officer.email
    tried = [guess(email, 5, at=f"192.0.2.{number}").count("wrong") for number in range(1, 41)]
    assert tried[0] == 5
    assert set(tried[8:]) == {2}, "two tries at each further address, then a delay"
    assert sign_in(email, at=HOME) == "in", "an address without a failure has its try"


def test_unknown_and_known_accounts_answer_alike(
    cast: Cast, clean_cache: None, django_assert_num_queries: Any
) -> None:
    known = guess(cast.officer.email, 8, at=HOME)
    assert known == guess("khong-co-ai@example.test", 8, at=OFFICE)
    first = Client().post(LOGIN, {"login": "x@example.test", "password": "sai"}, REMOTE_ADDR=HOME)
    assert WRONG in page_text(first)
    kept = " ".join(SignInFailures.objects.values_list("key", flat=True))
    assert "example" not in kept, "what was typed is kept under a hash only"


@pytest.mark.parametrize("spelling", ["{0}", " {0}", "{1}"])
def test_spelling_an_address_otherwise_gives_no_more_guesses(
    cast: Cast, clean_cache: None, spelling: str
) -> None:
    email = cast.officer.email
    guess(email, 5)
    assert sign_in(spelling.format(email, email.upper())) == "wait"


def test_a_stolen_known_device_is_bounded_too(cast: Cast, clean_cache: None) -> None:
    own = signed_in_before(cast.officer)
    answers = [sign_in(cast.officer.email, "sai", at=OFFICE, by=own) for _number in range(12)]
    assert answers == ["wrong"] * 10 + ["wait"] * 2
    assert sign_in(cast.officer.email, at=OFFICE) == "in", "counted for the device alone"


def test_a_device_is_known_for_its_own_account_only(cast: Cast, clean_cache: None) -> None:
    other = signed_in_before(cast.rival, at=ATTACKER)
    assert guess(cast.officer.email, 5)
    assert sign_in(cast.officer.email, by=other) == "wait"


def test_a_new_password_makes_every_device_unknown(cast: Cast, clean_cache: None) -> None:
    own = signed_in_before(cast.officer)
    cast.officer.set_password("mật khẩu mới rất dài")
    cast.officer.save()
    guess(cast.officer.email, 5, at=OFFICE)
    assert sign_in(cast.officer.email, "mật khẩu mới rất dài", at=OFFICE, by=own) == "wait"


@pytest.mark.parametrize(
    "value",
    ["", "x", signing.dumps([1], salt=SALT), signing.dumps({"id": 1}, salt=SALT)],
    ids=["empty", "no signature", "a list", "an object"],
)
def test_a_forged_cookie_is_an_unknown_device(cast: Cast, clean_cache: None, value: str) -> None:
    guess(cast.officer.email, 5)
    forger = Client()
    forger.cookies[COOKIE] = value
    assert sign_in(cast.officer.email, by=forger) == "wait"


def test_the_cookie_is_kept_from_scripts_and_says_nothing_of_the_person(
    cast: Cast, clean_cache: None
) -> None:
    own = signed_in_before(cast.officer)
    cookie = own.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cast.officer.email not in cookie.value
    assert set(signing.loads(cookie.value, salt=SALT)) == {"id", "for"}


def test_the_owner_is_told_once_a_day_by_notice_and_mail(
    cast: Cast,
    clean_cache: None,
    clock: Clock,
    mailoutbox: list[Any],
) -> None:
    User.objects.update(notify_by_email=False)
    guess(cast.officer.email, 4)
    tell_owners()
    assert not Notice.objects.exists()
    guess(cast.officer.email, 3)
    guess("khong-co-ai@example.test", 8, at=HOME)
    assert not mailoutbox, "never from the sign-in page: its answer would tell who has an account"
    tell_owners()
    tell_owners()
    clock.move(minutes=5)
    send_due()
    notice = Notice.objects.get()
    assert notice.recipient == cast.officer
    assert "5 lần nhập sai mật khẩu" in notice.body
    assert [letter.to for letter in mailoutbox] == [[cast.officer.email]]
    clock.move(hours=23)
    guess(cast.officer.email, 1)
    clock.move(hours=2)
    tell_owners()
    assert Notice.objects.count() == 2


STEPS = st.one_of(
    st.tuples(st.just("guess"), st.integers(0, 3)),
    st.tuples(st.just("move"), st.sampled_from([1, 45, 70, 600, 4000])),
    st.tuples(st.just("owner"), st.sampled_from(["device", "clean"])),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=30))
def test_in_any_order_the_owner_gets_in_and_each_address_is_bounded(
    cast: Cast, clean_cache: None, clock: Clock, steps: list[tuple[str, Any]]
) -> None:
    SignInFailures.objects.all().delete()
    email, own = cast.officer.email, signed_in_before(cast.officer)
    begun, tried = clock.at, [0] * 4
    for step, what in steps:
        if step == "move":
            clock.move(seconds=what)
        elif step == "guess":
            tried[what] += guess(email, 3, at=f"192.0.2.{what + 1}").count("wrong")
        else:
            by, at = (own, "192.0.2.1") if what == "device" else (Client(), HOME)
            assert sign_in(email, at=at, by=by) == "in"
            own.post("/tai-khoan/dang-xuat/")
    minutes = (clock.at - begun).total_seconds() / 60
    assert max(tried) <= PAIR.free + minutes + 1
