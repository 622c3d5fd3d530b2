"""What travels: files named by content and compressed, pages and JSON compressed too."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.templatetags.static import static
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from infra.web.delivery.catalogues import write_catalogues
from infra.web.delivery.compression import CompressionMiddleware
from infra.web.tags.bundles import bundle, words
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text

BACKEND = "infra.web.delivery.static_files.KeptForGoodStorage"
STYLE = "body { color: #123456 }\n" * 100
FONT = "@font-face { src: url(fonts/own.woff2) }\n" * 30
ZIPPED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """A small build, collected as an office's server has it."""
    built = tmp_path / "assets" / "build"
    (built / "chunks").mkdir(parents=True)
    (built / "fonts").mkdir()
    (built / "app.css").write_text(STYLE + FONT)
    (built / "fonts" / "own.woff2").write_bytes(b"wOF2" * 100)
    (built / "map.js").write_text('import "./chunks/ABCD2345.js";\n' * 50)
    (built / "chunks" / "ABCD2345.js").write_text("export const one = 1;\n" * 50)
    (built / "bundles.json").write_text('{"map": ["build/chunks/ABCD2345.js"]}')
    settings.ASSETS_DIR = tmp_path / "assets"
    settings.STATICFILES_DIRS = [tmp_path / "assets"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": BACKEND}}
    write_catalogues()
    call_command("collectstatic", interactive=False, verbosity=0)
    return built


def kept_for_good(answer: HttpResponseBase) -> bool:
    """Whether a browser never asks for it again."""
    return "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip")])
def test_a_style_sheet_is_sent_as_the_browser_takes_it(
    collected: Path, accepted: str, sent: str
) -> None:
    address = static("build/app.css")
    assert re.search(r"/build/app\.[0-9a-f]{12}\.css$", address)
    plain = Client().get(address)
    packed = Client().get(address, headers={"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == sent
    assert "Content-Encoding" not in plain.headers
    assert len(packed.getvalue()) < len(plain.getvalue()) / 4
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert kept_for_good(packed)
    assert kept_for_good(plain)


def test_a_style_sheet_names_its_typeface_by_content(collected: Path) -> None:
    text = Client().get(static("build/app.css")).getvalue().decode()
    named = re.search(r"url\(\"?(fonts/own\.[0-9a-f]{12}\.woff2)", text)
    assert named
    assert static("build/fonts/own.woff2").endswith(named[1])


def test_a_shared_piece_keeps_the_name_its_bundles_know(collected: Path) -> None:
    shared = "/static/build/chunks/ABCD2345.js"
    assert static("build/chunks/ABCD2345.js") == shared
    assert kept_for_good(Client().get(shared))
    tags = bundle("map")
    assert f'<link rel="modulepreload" href="{shared}">' in tags
    assert re.search(r'<script type="module" src="/static/build/map\.[0-9a-f]{12}\.js">', tags)


def test_a_file_that_may_change_under_its_name_is_asked_for_again(collected: Path) -> None:
    assert not kept_for_good(Client().get("/static/build/app.css"))


def test_the_words_of_scripts_are_files_by_language_and_content(collected: Path) -> None:
    with translation.override("vi"):
        vietnamese = words()
    with translation.override("en"):
        assert words() != vietnamese
    address = re.search(r'src="(/static/build/words-vi\.[0-9a-f]{12}\.js)"', vietnamese)
    assert address
    answer = Client().get(address[1])
    assert "gettext" in answer.getvalue().decode()
    assert kept_for_good(answer)
    assert "Cookie" not in answer.headers["Vary"]


def test_words_written_again_do_not_touch_what_stands(collected: Path) -> None:
    path = collected / "words-vi.js"
    before = path.stat().st_mtime_ns
    write_catalogues()
    assert path.stat().st_mtime_ns == before


def test_a_page_is_compressed_and_its_length_varies(client: Client, cast: Cast) -> None:
    client.force_login(cast.officer)
    plain = page_text(client.get("/"))
    answers = [client.get("/", headers=ZIPPED) for _ in range(20)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert "Accept-Encoding" in answers[0].headers["Vary"]
    assert "<main" in gzip.decompress(answers[0].content).decode()
    assert len(answers[0].content) < len(plain.encode()) / 2
    # BREACH: the same page must not have the same length each time.
    assert len({len(answer.content) for answer in answers}) > 1


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/masts",
        "/cot/xuat.csv",
        "/cot/xuat.geojson",
        "/ban-do/geojson/masts/?bbox=105,10,106,11",
    ],
)
def test_data_are_compressed_and_the_same(client: Client, cast: Cast, path: str) -> None:
    for number in range(12):
        make_mast(code=f"NEN-{number}")
    client.force_login(cast.officer)
    plain = client.get(path)
    packed = client.get(path, headers=ZIPPED)
    assert packed.headers["Content-Encoding"] == "gzip"
    told = gzip.decompress(packed.getvalue())
    assert b"NEN-11" in told
    assert told == plain.getvalue()


def _sent(response: HttpResponseBase) -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    sent = CompressionMiddleware(lambda _request: response)(request)
    assert isinstance(sent, HttpResponseBase)
    return sent


def test_a_picture_and_a_paper_are_not_compressed_again(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7" * 200)
    with path.open("rb") as file:
        assert "Content-Encoding" not in _sent(FileResponse(file)).headers
    assert "Content-Encoding" not in _sent(HttpResponse(b"a" * 999, "image/jpeg")).headers


def test_what_is_compressed_already_passes_untouched() -> None:
    response = HttpResponse(b"a" * 999, "application/json", headers={"Content-Encoding": "br"})
    assert _sent(response).headers["Content-Encoding"] == "br"
    assert response.content == b"a" * 999
