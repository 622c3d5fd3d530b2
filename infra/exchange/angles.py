"""One ordinate of a table's cell: degrees as people write them, or metres. Pure."""

import re

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"^\d{1,3}([ .]\d{3})+(,\d+)?$|^\d{1,3}([ ,]\d{3})+(\.\d+)?$")
SIXTY = 60.0


def degrees(text: str) -> float | None:
    """Decimal degrees of `10,35` · `10°21'59.9"N` · `N10 21 29.15`; None when it is none."""
    numbers = [float(n.replace(",", ".")) for n in _NUMBER.findall(text)]
    if not numbers or len(numbers) > 3:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    if any(part >= SIXTY for part in numbers[1:]) or any(n % 1 for n in numbers[:-1]):
        return None
    value = sum(part / SIXTY**power for power, part in enumerate(numbers))
    letters = re.sub(r"[^A-Z]", "", text.upper())
    is_negative = text.strip().startswith("-") or letters in {"S", "W"}
    return -value if is_negative else value


def metres(text: str) -> float | None:
    """A plane ordinate: `1146719.095` · `1146719,095` · `1 146 719,095`; None when it is none."""
    cleaned = text.strip().lower().removesuffix("m").strip().replace("\u00a0", " ")
    if _THOUSANDS.match(cleaned):
        decimal = "," if re.search(r",\d{1,2}$|,\d{4,}$", cleaned) or "." in cleaned else "."
        if "," in cleaned and "." in cleaned:
            decimal = max(",", ".", key=cleaned.rfind)
        other = "." if decimal == "," else ","
        cleaned = cleaned.replace(other, "").replace(" ", "")
        return float(cleaned.replace(",", "."))
    cleaned = cleaned.replace(" ", "").replace(",", ".")
    try:
        return float(cleaned)
    except ValueError:
        return None
