"""Error pages: the right status, a plain sentence, what to do; input is not lost on the way."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from infra.ground.errors import Conflict, Refused
from infra.urls import urlpatterns as real_patterns
from infra.web.shell import errors
from infra.web.shell.middleware import ProblemMiddleware
from tests.cast import Cast
from tests.reading import page_text


def conflicting(request: HttpRequest) -> HttpResponse:
    sentence = "Đặng Thu Hà đã ký lúc 14:05 02/12/2026."
    raise Conflict(sentence)


def refused(request: HttpRequest) -> HttpResponse:
    sentences = ["Chưa có vị trí đề xuất nào.", "Chưa đính kèm bản vẽ."]
    raise Refused(*sentences)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("conflict/", conflicting, name="conflict"),
    path("refused/", refused, name="refused"),
    path("broken/", broken, name="broken"),
    *real_patterns,
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/conflict/", 409, ["Đã có người thay đổi trước bạn", "Đặng Thu Hà đã ký lúc 14:05"]),
        ("/refused/", 422, ["Chưa thực hiện được", "Chưa có vị trí đề xuất nào.", "bản vẽ"]),
        ("/broken/", 500, ["Hệ thống gặp lỗi", "Thử lại sau một phút"]),
        ("/khong-co/", 404, ["Không có trang này", "Hãy tìm theo mã hoặc tên"]),
        ("/quan-tri/", 403, ["Bạn không có quyền thực hiện việc này", "cấp vai trò"]),
    ],
)
def test_each_problem_has_its_page(
    client: Client, cast: Cast, address: str, status: int, words: list[str]
) -> None:
    client.force_login(cast.operator)
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF="tests.shell.test_errors"):
        answer = client.get(address)
    page = page_text(answer)
    assert answer.status_code == status
    assert [word for word in words if word not in page] == []


def test_below_the_api_a_problem_is_json(client: Client, db: None) -> None:
    answer = client.get("/api/khong-co/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert answer.json()["sentences"][0] == "Không có trang này."


def test_an_expired_form_says_load_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.operator)
    answer = client.post("/thong-bao/da-doc/")
    assert answer.status_code == 403
    assert "Tải lại trang rồi gửi lại biểu mẫu" in page_text(answer)


def test_htmx_gets_a_fragment_not_a_whole_page(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.htmx = True  # type: ignore[attr-defined]
    request.user = cast.operator
    middleware = ProblemMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(request, Conflict("Đã có người ký."))
    assert answer
    assert b"<html" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tim/", "/ban-do/tim/", "/ban-do/o/routes/10/812/482.mvt"])
def test_a_character_no_database_keeps_is_a_bad_request(client: Client, path: str) -> None:
    assert client.get(path + "?q=a%00&scheme=%00").status_code == 400
