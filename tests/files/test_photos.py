"""Who looks at a photo sees its pixels; what the camera wrote beside them is evidence."""

from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from infra.files import store
from infra.files.services import attach
from infra.files.sniff import IMAGES, Kind
from infra.ground.errors import Refused
from infra.models import Attachment, Dossier, FileOpening, User
from tests.cast import Cast
from tests.factories import make_inspection, make_mast
from tests.files.photos import LEFT, MAKER, RIGHT, photo, without_pixels
from tests.reading import page_text
from tests.workflow.casework import dossier_of_a, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return dossier_of_a(cast)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen_by(person: User, row: Attachment) -> bytes:
    answer = signed_in(person).get(reverse("file", args=[row.uuid]))
    assert answer.status_code == 200
    return b"".join(answer)


@pytest.mark.parametrize("kind", sorted(IMAGES))
def test_a_photo_goes_out_upright_and_without_what_the_camera_wrote(
    dossier: Dossier, cast: Cast, kind: Kind
) -> None:
    row = attach(dossier, upload(photo(kind), f"anh.{kind}"), cast.operator)
    shown = seen_by(cast.officer, row)
    assert MAKER.encode() not in shown
    with Image.open(BytesIO(shown)) as image:
        assert image.size == (80, 120)
        assert not image.getexif()
        assert "icc_profile" not in image.info
        assert "comment" not in image.info
        pixels = image.convert("RGB")
        for place, colour in (((40, 20), LEFT), ((40, 100), RIGHT)):
            found = pixels.getpixel(place)
            assert isinstance(found, tuple)
            assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True))


def test_the_original_is_kept_under_its_hash_and_the_shown_one_is_made_once(
    dossier: Dossier, cast: Cast
) -> None:
    content = photo()
    row = attach(dossier, upload(content, "anh.jpg"), cast.operator)
    assert store.read_bytes(row.sha256) == content
    made = store.shown_of(row.sha256).stat()
    seen_by(cast.officer, row)
    assert store.shown_of(row.sha256).stat().st_mtime_ns == made.st_mtime_ns


def test_a_photo_from_before_is_rewritten_when_it_is_first_looked_at(
    dossier: Dossier, cast: Cast
) -> None:
    row = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    store.shown_of(row.sha256).unlink()
    assert MAKER.encode() not in seen_by(cast.officer, row)


def test_what_cannot_be_rewritten_never_goes_out_as_it_is(dossier: Dossier, cast: Cast) -> None:
    row = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    store.shown_of(row.sha256).unlink()
    store.place_of(row.sha256).write_bytes(photo()[:900])
    answer = signed_in(cast.officer).get(reverse("file", args=[row.uuid]))
    assert answer.status_code == 422
    assert "anh.jpg" in page_text(answer)


def test_who_opens_the_original_is_written_down(dossier: Dossier, cast: Cast) -> None:
    content = photo()
    row = attach(dossier, upload(content, "anh.jpg"), cast.operator)
    answer = signed_in(cast.officer).post(reverse("file_original", args=[row.uuid]))
    assert b"".join(answer) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    opening = FileOpening.objects.get()
    assert (opening.attachment_uuid, opening.sha256) == (row.uuid, row.sha256)
    assert (opening.person, opening.address) == (cast.officer, "127.0.0.1")


def test_looking_at_an_address_opens_no_original(dossier: Dossier, cast: Cast) -> None:
    row = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    address = reverse("file_original", args=[row.uuid])
    assert signed_in(cast.officer).get(address).status_code == 405
    assert not FileOpening.objects.exists()


def test_the_original_is_the_departments_alone(dossier: Dossier, cast: Cast) -> None:
    row = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    paper = attach(dossier, upload(b"a,b\n1,2\n", "bang.csv"), cast.operator)
    door = reverse("file_original", args=[row.uuid])
    assert signed_in(cast.operator).post(door).status_code == 403
    assert signed_in(cast.rival).post(door).status_code == 404
    other = reverse("file_original", args=[paper.uuid])
    assert signed_in(cast.officer).post(other).status_code == 404
    assert not FileOpening.objects.exists()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_opening_cannot_be_unwritten(dossier: Dossier, cast: Cast, change: str) -> None:
    row = attach(dossier, upload(photo(), "anh.jpg"), cast.operator)
    signed_in(cast.officer).post(reverse("file_original", args=[row.uuid]))
    openings = FileOpening.objects.all()
    with pytest.raises(DatabaseError, match="fileopening"), transaction.atomic():
        openings.update(person=cast.head) if change == "update" else openings.delete()


def test_the_visits_page_offers_the_original_and_says_who_opened_it(cast: Cast) -> None:
    visit = make_inspection(make_mast(), cast.inspector)
    row = attach(visit, upload(photo(), "anh.jpg"), cast.inspector)
    client, page = signed_in(cast.officer), reverse("sites:inspection_detail", args=[visit.uuid])
    door = reverse("file_original", args=[row.uuid])
    before = page_text(client.get(page))
    assert door in before
    assert cast.officer.full_name not in before.split("<h2>Ảnh</h2>")[1]
    client.post(door)
    assert cast.officer.full_name in page_text(client.get(page)).split("<h2>Ảnh</h2>")[1]


@pytest.mark.parametrize(
    "content",
    [without_pixels(), photo()[:-400], photo(Kind.PNG)[:200], photo(Kind.WEBP)[:100]],
    ids=["no pixels", "cut off", "cut png", "cut webp"],
)
def test_a_photo_that_cannot_be_read_to_its_end_is_refused_with_a_sentence(
    dossier: Dossier, cast: Cast, content: bytes
) -> None:
    with pytest.raises(Refused, match="anh") as refusal:
        attach(dossier, upload(content, "anh.jpg"), cast.operator)
    assert "hỏng" in str(refusal.value)
    assert not [path for path in store.root().rglob("*") if path.is_file()]
