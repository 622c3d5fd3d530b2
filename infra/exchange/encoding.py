"""Which encoding a text was written in: tried in turn, judged by Vietnamese words."""

import re
import unicodedata

from infra.exchange.tcvn3 import decode_tcvn3

# Syllables that headers and addresses of Vietnamese registers are full of.
_COMMON = frozenset(
    [
        *("xã", "phường", "thị", "trấn", "tỉnh", "huyện", "thành", "phố", "đường", "số", "tên"),
        *("cột", "trạm", "vĩ", "độ", "địa", "chỉ", "mã", "chiều", "chủ", "sở", "hữu", "loại"),
        *("vị", "trí", "tọa", "toạ", "ấp", "khóm", "nhà", "mạng", "nguyễn", "trần", "lê", "phạm"),
        *("tân", "bình", "phú", "hòa", "hoà", "mỹ", "đồng", "tháp", "tiền", "cái", "bè", "châu"),
        *("chợ", "gạo", "hưng", "thạnh", "lợi", "đông", "tây", "bắc", "đốc", "lộc", "phước"),
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
SAMPLE_BYTES = 200_000


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; `encoding` overrides the guess.

    Raises UnicodeDecodeError or LookupError when the named encoding does not fit.
    """
    encoding = encoding or guess(data)
    if encoding == "tcvn3":
        return decode_tcvn3(data), encoding
    text = data.decode(encoding, errors="strict" if encoding.startswith("utf") else "replace")
    return unicodedata.normalize("NFC", text.lstrip("\ufeff")), encoding


def guess(data: bytes) -> str:
    """utf-8-sig, utf-16, utf-8, or the legacy encoding that reads most like Vietnamese."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        sample = data[:SAMPLE_BYTES]
        return max(("windows-1252", "cp1258", "tcvn3"), key=lambda name: _score(sample, name))
    return "utf-8"


def _score(sample: bytes, encoding: str) -> int:
    text = decode_tcvn3(sample) if encoding == "tcvn3" else sample.decode(encoding, "replace")
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    accented = [word for word in words if not word.isascii()]
    return sum(1 for word in accented if word in _COMMON)
