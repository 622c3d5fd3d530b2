"""Signing in: who gets in, who is kept out, what the pages say."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import PASSWORD, Cast
from tests.reading import page_text

LOGIN = "/tai-khoan/dang-nhap/"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": email, "password": password}).status_code


def test_right_password_leads_to_my_work(client: Client, cast: Cast, clean_cache: None) -> None:
    answer = client.post(LOGIN, {"login": cast.officer.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Việc của tôi" in page_text(answer)


def test_wrong_password_keeps_the_address_and_says_so(
    client: Client, cast: Cast, clean_cache: None
) -> None:
    answer = client.post(LOGIN, {"login": cast.officer.email, "password": "sai mat khau"})
    page = page_text(answer)
    assert "Thư điện tử hoặc mật khẩu không đúng" in page
    assert cast.officer.email in page


def test_closed_account_does_not_get_in(client: Client, cast: Cast, clean_cache: None) -> None:
    cast.officer.is_active = False
    cast.officer.save()
    sign_in(client, cast.officer.email)
    assert client.get("/thong-bao/").status_code == 302


def test_nobody_signs_up_by_himself(client: Client, db: None) -> None:
    assert client.get("/tai-khoan/signup/").status_code == 404
    assert "Không tự đăng ký" in page_text(client.get(LOGIN)).replace("không", "Không")


def test_five_wrong_passwords_lock_the_account_for_other_processes_too(
    client: Client, cast: Cast, clean_cache: None
) -> None:
    for _attempt in range(5):
        sign_in(client, cast.officer.email, "sai mat khau")
    another_process = Client()
    answer = another_process.post(LOGIN, {"login": cast.officer.email, "password": PASSWORD})
    assert "Đăng nhập sai quá nhiều lần" in page_text(answer)
    assert another_process.get("/thong-bao/").status_code == 302


def test_the_lock_of_one_account_leaves_others_alone(
    client: Client, cast: Cast, clean_cache: None
) -> None:
    for _attempt in range(5):
        sign_in(client, cast.officer.email, "sai mat khau")
    assert sign_in(Client(), cast.planner.email) == 302


def test_reset_answers_the_same_for_known_and_unknown_addresses(
    client: Client, cast: Cast, clean_cache: None, mailoutbox: list[object]
) -> None:
    url = reverse("account_reset_password")
    known = client.post(url, {"email": cast.officer.email})
    unknown = client.post(url, {"email": "ai-do@example.test"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("weak", ["ngan", "1234567890", "password123"])
def test_weak_passwords_are_refused(
    client: Client, cast: Cast, clean_cache: None, weak: str
) -> None:
    client.force_login(cast.officer)
    fields = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), fields).status_code == 200
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(PASSWORD)


def test_cookies_are_kept_from_scripts_and_from_plain_connections(
    client: Client, cast: Cast, clean_cache: None, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client, cast.officer.email)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
