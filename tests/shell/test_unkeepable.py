"""What no database can keep is refused at every door, in a sentence that names the place."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infra.models import Comment, Dossier
from tests.cast import Cast
from tests.reading import page_text
from tests.undergrounding.drawing_samples import body
from tests.workflow.casework import dossier_of_a
from undergrounding.models import Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.officer)
    return client


def test_a_form_field_is_named(officer: Client, cast: Cast) -> None:
    dossier = dossier_of_a(cast)
    door = reverse("dossier_comment", args=[dossier.uuid])
    answer = officer.post(door, {"body": "a\0b", "version": dossier.version})
    assert answer.status_code == 400
    page = page_text(answer)
    assert "“body”" in page
    assert "không lưu được" in page
    assert not Comment.objects.exists()


def test_an_urlencoded_form_is_refused_too(officer: Client, cast: Cast) -> None:
    door = reverse("dossier_comment", args=[dossier_of_a(cast).uuid])
    kind = "application/x-www-form-urlencoded"
    assert officer.post(door, "body=a%00b&version=1", content_type=kind).status_code == 400


@pytest.mark.parametrize("field", ["reason", "data", "key", "half a pair"])
def test_the_api_answers_in_json(officer: Client, cast: Cast, field: str) -> None:
    dossier = dossier_of_a(cast)
    door = reverse("api:dossier_transition_fire", args=[dossier.uuid, "propose"])
    sent: dict[str, Any] = {
        "reason": {"version": 1, "reason": "a\0b"},
        "data": {"version": 1, "data": {"deep": [{"er": "\0"}]}},
        "key": {"version": 1, "data": {"\0": 1}},
        "half a pair": {"version": 1, "reason": "\ud800"},
    }[field]
    answer = officer.post(door, json.dumps(sent), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unkeepable_character")
    assert answer.json()["sentences"]
    assert Dossier.objects.get(pk=dossier.pk).version == 1


def test_the_words_of_an_escape_are_no_such_character(officer: Client, cast: Cast) -> None:
    door = reverse("api:dossier_transition_fire", args=[dossier_of_a(cast).uuid, "keep"])
    sent = json.dumps({"version": 1, "reason": "gõ \\u0000 và 💥"})
    assert "\\\\u0000" in sent
    answer = officer.post(door, sent, content_type="application/json")
    assert answer.json()["code"] != "unkeepable_character"


def test_a_drawing_is_refused_in_json_and_not_quietly_cleaned(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.planner)
    door = reverse("undergrounding:route_save", args=["7b0c1a52-0f0e-4a39-9d52-3a3d5fd3a0aa"])
    answer = client.post(door, body(name="Lê\0Lợi"), content_type="application/json")
    assert answer.json()["code"] == "unkeepable_character"
    assert not Route.objects.exists()


@pytest.mark.parametrize("path", ["/ban-do/doi-tuong/units/%00/", "/tim/?q=%00", "/?%00=1"])
def test_addresses_are_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "django_language", "csrftoken"])
def test_cookies_are_refused(client: Client, name: str) -> None:
    client.raise_request_exception = False
    answer = client.get("/", headers={"cookie": f'{name}="a\\000b"'})
    assert answer.status_code == 400


def test_htmx_gets_a_fragment(officer: Client) -> None:
    answer = officer.get("/tim/?q=%00", headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert b"<html" not in answer.content


def test_more_than_is_taken_is_413_in_the_senders_shape(officer: Client, cast: Cast) -> None:
    door = reverse("api:dossier_transition_fire", args=[dossier_of_a(cast).uuid, "keep"])
    answer = officer.post(door, b"x" * 3_000_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
