"""The menu shows what a role uses; the language stays what the person chose."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.reading import page_text


def menu(client: Client) -> list[str]:
    page = page_text(client.get("/"))
    nav = re.search(r'<nav class="menu".*?</nav>', page, re.S)
    return re.findall(r"<span>(.*?)</span>", nav[0]) if nav else []


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("operator", {"Thẩm định", "Cột và trạm"}, {"Quản trị", "Kiểm tra", "Dữ liệu"}),
        ("inspector", {"Kiểm tra", "Cột và trạm"}, {"Quản trị", "Thẩm định"}),
        ("planner", {"Ngầm hóa", "Dữ liệu"}, {"Quản trị", "Thẩm định"}),
        ("officer", {"Thẩm định", "Kiểm tra", "Ngầm hóa", "Dữ liệu"}, {"Quản trị"}),
        ("administrator", {"Quản trị", "Dữ liệu"}, set()),
    ],
)
def test_each_role_sees_its_own_pages(
    client: Client, cast: Cast, role: str, shown: set[str], hidden: set[str]
) -> None:
    client.force_login(getattr(cast, role))
    entries = set(menu(client))
    assert {"Việc của tôi", "Bản đồ"} <= entries
    assert shown <= entries
    assert not hidden & entries


def test_a_browser_in_english_still_gets_vietnamese_until_the_person_chooses(
    client: Client, db: None
) -> None:
    english = {"accept-language": "en-US,en;q=0.9"}
    assert 'lang="vi"' in page_text(client.get("/", headers=english))
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in page_text(client.get("/"))


def test_a_visitor_on_a_phone_has_the_public_pages_and_the_way_in(client: Client, db: None) -> None:
    page = page_text(client.get("/cot/"))
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)
    assert tabs
    words = ["Trang đầu", "Bản đồ", "Cột và trạm", "Đăng nhập"]
    assert re.findall(r"<span>(.*?)</span>", tabs[0]) == words


@pytest.mark.parametrize(
    ("role", "own"), [("inspector", "Kiểm tra"), ("planner", "Ngầm hóa"), ("leader", "Thẩm định")]
)
def test_the_phone_has_three_tabs_and_more(client: Client, cast: Cast, role: str, own: str) -> None:
    client.force_login(getattr(cast, role))
    tabs = re.search(r'<nav class="tabs".*?</nav>', page_text(client.get("/")), re.S)
    assert tabs
    assert re.findall(r"<span>(.*?)</span>", tabs[0]) == ["Việc của tôi", "Bản đồ", own, "Thêm"]
