"""A picture decoded and written anew: upright, in sRGB, without anything but its pixels. Pure."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from infra.files.limits import MAX_PIXELS
from infra.files.sniff import Kind
from infra.files.unreadable import Unreadable, refuse

FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
# Quick rather than small: the person who sent it waits for this.
HOW = {
    Kind.JPEG: {"quality": 90},
    Kind.PNG: {"compress_level": 1},
    Kind.WEBP: {"quality": 90, "method": 0},
}
# What each format can hold without loss of meaning; all else becomes RGB.
MODES = {
    Kind.JPEG: ("L", "RGB"),
    Kind.PNG: ("1", "L", "LA", "RGB", "RGBA"),
    Kind.WEBP: ("RGB", "RGBA"),
}
DEEP = ("I", "F", "I;16", "I;16B", "I;16L")
DEEPEST = 256
MARK, START_OF_SCAN, END = b"\xff", 0xDA, b"\xff\xd9"
BLOCK, BITS = 64, 8


def rewrite(source: Path, target: Path, kind: Kind) -> None:
    """Write the clean picture. Raises Unreadable when it cannot be decoded to its last pixel."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below
    try:
        with Image.open(source, formats=[FORMATS[kind]]) as image:
            if image.width * image.height > MAX_PIXELS:
                refuse("too_many_pixels")
            if kind == Kind.JPEG and not _has_scan(source, image.width * image.height):
                refuse("picture_damaged")
            image.load()
            clean = _fitting(_in_srgb(ImageOps.exif_transpose(image)), kind)
    except (Unreadable, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - the decoders have no exception in common
        refuse("picture_damaged")
    clean.info = {}
    clean.save(target, FORMATS[kind], **HOW[kind])


def _has_scan(path: Path, pixels: int) -> bool:
    """Whether a JPEG holds what its size needs: the decoder paints what is missing grey.

    A block of 8 by 8 pixels takes one bit at the least.
    """
    content = path.read_bytes()
    place = 2
    while content[place : place + 1] == MARK:
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if content[place + 1] == START_OF_SCAN:
            return (len(content) - place - 2 - length - len(END)) * BITS >= pixels / BLOCK
        place += 2 + length
    return False


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as the profile means them; the profile itself names the maker and goes."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile says nothing
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
        return turned or image
    return image


def _fitting(image: Image.Image, kind: Kind) -> Image.Image:
    if image.mode in DEEP:
        image = image.convert("F").point(lambda value: value * (1 / DEEPEST) + 0).convert("L")
    is_clear = "transparency" in image.info or image.mode in {"LA", "PA", "RGBA", "La", "RGBa"}
    if image.mode in MODES[kind] and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if is_clear and "RGBA" in MODES[kind] else "RGB")
