"""The menu shows what a role uses; the language stays what the person chose."""

import re

import pytest
from django.test import Client

from tests.cast import Cast


def menu(client: Client) -> list[str]:
    page = client.get("/").content.decode()
    nav = re.search(r'<nav class="menu".*?</nav>', page, re.S)
    return re.findall(r"<span>(.*?)</span>", nav[0]) if nav else []


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("operator", {"Việc của tôi", "Bản đồ"}, {"Quản trị", "Kiểm tra"}),
        ("inspector", {"Việc của tôi", "Bản đồ"}, {"Quản trị"}),
        ("administrator", {"Việc của tôi", "Bản đồ", "Quản trị"}, set()),
    ],
)
def test_each_role_sees_its_own_pages(
    client: Client, cast: Cast, role: str, shown: set[str], hidden: set[str]
) -> None:
    client.force_login(getattr(cast, role))
    entries = set(menu(client))
    assert shown <= entries
    assert not hidden & entries


def test_a_browser_in_english_still_gets_vietnamese_until_the_person_chooses(
    client: Client, db: None
) -> None:
    english = {"accept-language": "en-US,en;q=0.9"}
    assert 'lang="vi"' in client.get("/", headers=english).content.decode()
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()
