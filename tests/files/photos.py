"""Pictures as cameras write them: with a maker, a place, a turn and a colour profile."""

from io import BytesIO

from PIL import Image, ImageCms

from infra.files.sniff import Kind

MAKER = "MaySanXuat"
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
TURNED_RIGHT = 6
LEFT, RIGHT = (200, 30, 30), (30, 30, 200)


def photo(kind: Kind = Kind.JPEG, size: tuple[int, int] = (120, 80)) -> bytes:
    """Left half red, right half blue, lying on its side: upright it is red above blue."""
    image = Image.new("RGB", size, LEFT)
    image.paste(Image.new("RGB", (size[0] // 2, size[1]), RIGHT), (size[0] // 2, 0))
    out = BytesIO()
    more = {"comment": MAKER.encode()} if kind == Kind.JPEG else {}
    image.save(out, FORMATS[kind], exif=_exif(), icc_profile=_profile(), **more)
    return out.getvalue()


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[0x0112] = TURNED_RIGHT
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (10.0, 27.0, 36.7)
    place[3], place[4] = "E", (105.0, 37.0, 55.6)
    return exif.tobytes()


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def without_pixels() -> bytes:
    """A JPEG that ends where its pixels would begin; decoders paint it grey."""
    whole = photo()
    place = 2
    while whole[place + 1] != 0xDA:
        place += 2 + int.from_bytes(whole[place + 2 : place + 4], "big")
    header = int.from_bytes(whole[place + 2 : place + 4], "big")
    return whole[: place + 2 + header] + b"\xff\xd9"
