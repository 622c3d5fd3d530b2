"""Administrators find, invite, change, close and open people; nobody locks the house."""

import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from infra.ground.choices import DossierState, OrganisationKind, Role
from infra.ground.errors import Refused
from infra.models import Organisation, User
from infra.web.administration.people import person_close, person_update
from tests.cast import PASSWORD, Cast
from tests.factories import home, make_authority, make_dossier, make_organisation, make_user
from tests.reading import page_text

LOGIN = "/tai-khoan/dang-nhap/"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    """The administrator's browser."""
    client.force_login(cast.administrator)
    return client


def url(name: str, person: User) -> str:
    return reverse(f"administration:{name}", args=[person.pk])


def as_sent(person: User, **changes: Any) -> dict[str, Any]:
    """The form of a person as the browser sends it back."""
    fields = {
        "full_name": person.full_name,
        "email": person.email,
        "title": person.title,
        "organisation": person.organisation_id,
        "roles": person.roles,
        "version": person.version,
        "why": "QĐ 12/QĐ-SKHCN ngày 02/11/2026",
    }
    return fields | changes


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("q=le+thi+lan", {"Lê Thị Lan"}, {"Võ Minh Đạo"}),
        ("q=dao", {"Võ Minh Đạo"}, {"Lê Thị Lan"}),
        ("role=leader", {"Võ Minh Đạo", "Đặng Thu Hà"}, {"Lê Thị Lan"}),
        ("state=closed", set(), {"Lê Thị Lan"}),
    ],
)
def test_people_are_found_without_accents_and_by_filters(
    admin: Client, query: str, found: set[str], left_out: set[str]
) -> None:
    page = page_text(admin.get(f"{reverse('administration:people')}?{query}"))
    names = set(re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page))
    assert found <= names
    assert not left_out & names
    assert found or "Không có ai phù hợp" in page


def test_the_list_turns_pages(admin: Client) -> None:
    for _number in range(35):
        make_user(Role.OFFICER)
    address = reverse("administration:people")
    first, second = admin.get(address), admin.get(f"{address}?page=2")
    assert len(first.context["page"].object_list) == 30
    assert 0 < len(second.context["page"].object_list) < 30


def test_an_invited_person_chooses_a_password_and_signs_in(
    admin: Client, cast: Cast, clean_cache: None, mailoutbox: list[Any]
) -> None:
    fields = {
        "full_name": "Trần Văn Mới",
        "email": "Moi@Example.test",
        "title": "Chuyên viên",
        "organisation": cast.officer.organisation_id,
        "roles": [Role.OFFICER],
        "why": "QĐ 15/QĐ-SKHCN",
    }
    assert admin.post(reverse("administration:person_new"), fields).status_code == 302
    person = User.objects.get(email="moi@example.test")
    assert not person.has_usable_password()
    letter = mailoutbox[0]
    assert letter.to == ["moi@example.test"]
    address = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert address
    guest = Client()
    form = guest.get(address[1], follow=True)
    action = form.redirect_chain[-1][0]
    password = "sông tiền mùa nước nổi"
    guest.post(action, {"password1": password, "password2": password})
    assert guest.post(LOGIN, {"login": person.email, "password": password}).status_code == 302
    assert guest.get("/thong-bao/").status_code == 200
    history = page_text(admin.get(url("person", person)))
    assert "QĐ 15/QĐ-SKHCN" in history
    assert "Ngô Quản Trị" in history


def test_a_mail_server_that_is_away_is_told_and_the_person_is_kept(
    admin: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    answer = admin.post(url("person_invite", cast.officer), follow=True)
    assert "Không gửi được thư mời" in page_text(answer)


def test_a_change_is_kept_with_who_what_and_why(admin: Client, cast: Cast) -> None:
    fields = as_sent(cast.officer, title="Phó phòng", roles=[Role.OFFICER, Role.HEAD])
    assert admin.post(url("person_change", cast.officer), fields).status_code == 302
    cast.officer.refresh_from_db()
    assert cast.officer.roles == [Role.OFFICER, Role.HEAD]
    page = page_text(admin.get(url("person", cast.officer)))
    for words in ("Ngô Quản Trị", "QĐ 12/QĐ-SKHCN", "Phó phòng", "Trưởng phòng"):
        assert words in page


def test_a_password_never_stands_in_the_history(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name='infra_userevent'"
        )
        columns = {name for (name,) in cursor.fetchall()}
    assert "roles" in columns
    assert not columns & {"password", "last_login"}


def test_of_two_administrators_the_slower_is_told_and_overwrites_nothing(
    admin: Client, cast: Cast
) -> None:
    seen = as_sent(cast.officer, title="Chuyên viên chính")
    admin.post(url("person_change", cast.officer), as_sent(cast.officer, title="Phó phòng"))
    answer = admin.post(url("person_change", cast.officer), seen)
    assert answer.status_code == 409
    assert "Người khác vừa lưu" in page_text(answer)
    assert "Chuyên viên chính" in page_text(answer), "what was typed stays"
    cast.officer.refresh_from_db()
    assert cast.officer.title == "Phó phòng"


def test_a_change_without_a_reason_is_refused(admin: Client, cast: Cast) -> None:
    answer = admin.post(url("person_change", cast.officer), as_sent(cast.officer, why=""))
    assert answer.status_code == 422
    assert "Lý do" in page_text(answer)


@pytest.mark.parametrize("sent", ["LELAN@example.test", "lelan@example.test"])
def test_nobody_gets_the_address_of_another_even_of_a_closed_account(
    admin: Client, cast: Cast, sent: str
) -> None:
    User.objects.filter(pk=cast.officer.pk).update(email="lelan@example.test", is_active=False)
    answer = admin.post(url("person_change", cast.planner), as_sent(cast.planner, email=sent))
    assert answer.status_code == 422
    assert "Lê Thị Lan đã có địa chỉ này" in page_text(answer)


def test_a_former_address_opens_nothing_any_more(
    admin: Client, cast: Cast, clean_cache: None
) -> None:
    former = cast.officer.email
    Client().post(LOGIN, {"login": former, "password": PASSWORD})
    admin.post(url("person_change", cast.officer), as_sent(cast.officer, email="lan@example.test"))
    guest = Client()
    guest.post(LOGIN, {"login": former, "password": PASSWORD})
    assert guest.get("/thong-bao/").status_code == 302
    guest.post(LOGIN, {"login": "lan@example.test", "password": PASSWORD})
    assert guest.get("/thong-bao/").status_code == 200


@pytest.mark.parametrize(
    ("kind", "role", "words"),
    [
        (OrganisationKind.OPERATOR, Role.OFFICER, "chỉ dành cho người của Sở"),
        (OrganisationKind.COMMUNE, Role.AUDITOR, "chỉ dành cho người của Sở"),
        (OrganisationKind.DEPARTMENT, Role.OPERATOR, "dành cho người của doanh nghiệp"),
    ],
)
def test_roles_fit_the_organisation(
    admin: Client, cast: Cast, kind: str, role: str, words: str
) -> None:
    body = make_organisation("nha-khac", kind)
    fields = as_sent(cast.consulted, organisation=body.pk, roles=[role])
    answer = admin.post(url("person_change", cast.consulted), fields)
    assert answer.status_code == 422
    assert words in page_text(answer)


def test_closing_shows_what_is_held_open_and_ends_the_session(admin: Client, cast: Cast) -> None:
    dossier = make_dossier(
        home(cast.operator), cast.operator, officer=cast.officer, state=DossierState.APPRAISING
    )
    make_authority(cast.officer)
    theirs = Client()
    theirs.force_login(cast.officer)
    assert theirs.get("/thong-bao/").status_code == 200
    page = page_text(admin.get(url("person_close", cast.officer)))
    assert str(dossier) in page
    assert "Được ký hôm nay" in page
    fields = {"version": cast.officer.version, "why": "Nghỉ việc từ 01/12/2026"}
    assert admin.post(url("person_close", cast.officer), fields).status_code == 302
    assert theirs.get("/thong-bao/").status_code == 302
    again = admin.post(url("person_close", cast.officer), fields)
    assert again.status_code == 409
    cast.officer.refresh_from_db()
    fields["version"] = cast.officer.version
    assert admin.post(url("person_reopen", cast.officer), fields).status_code == 302
    cast.officer.refresh_from_db()
    assert cast.officer.is_active


def test_nobody_closes_or_demotes_themselves(admin: Client, cast: Cast) -> None:
    make_user(Role.ADMINISTRATOR)
    me = cast.administrator
    closed = admin.post(url("person_close", me), {"version": me.version, "why": "thử"})
    demoted = admin.post(url("person_change", me), as_sent(me, roles=[Role.OFFICER]))
    assert (closed.status_code, demoted.status_code) == (422, 422)
    assert "Quản trị viên khác" in page_text(demoted)
    me.refresh_from_db()
    assert me.has_role(Role.ADMINISTRATOR)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_demote_each_other_at_once_leave_one() -> None:
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    ready, outcomes = threading.Barrier(2), []

    def close(actor: User, other: User) -> None:
        ready.wait()
        try:
            person_close(actor=actor, pk=other.pk, version=other.version, why="thử")
            outcomes.append("closed")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=close, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "refused"]
    assert User.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR]).count() == 1


def test_the_last_administrator_stays_whoever_asks(cast: Cast) -> None:
    other = make_user(Role.ADMINISTRATOR)
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(Refused):
        person_update(
            actor=cast.administrator,
            pk=cast.administrator.pk,
            version=1,
            data={"roles": []},
            why="thử",
        )


def test_a_stranger_and_a_missing_person_are_told_apart(admin: Client, cast: Cast) -> None:
    assert admin.get(reverse("administration:person", args=[10**9])).status_code == 404
    admin.force_login(cast.officer)
    assert admin.get(url("person", cast.planner)).status_code == 403


def test_an_organisation_of_a_person_may_have_ended(admin: Client, cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.operator.organisation_id or 0).update(is_active=False)
    fields = as_sent(cast.operator, title="Đại diện")
    assert admin.post(url("person_change", cast.operator), fields).status_code == 302
