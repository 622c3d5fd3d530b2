"""The one reader of typed numbers: `36,5` · `36.5 m` · `1.250.000`; two readings are refused.

Its twin for the browser is `infra/ground/js/decimals.js`: both run the cases of
`tests/ground/number_cases.json`.
"""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.two_readings import TWO_READINGS, unmistakable

UNIT_WORDS = {
    "m": ("mét", "met", "m"),
    "°": ("°", "độ", "do"),
    "đ": ("đồng", "vnđ", "vnd", "đ"),
}
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PARTS = re.compile(
    r"(?P<sign>[+-]?) ?(?P<number>[0-9.,]+(?: [0-9.,]+)*) ?(?P<unit>[^\s\d.,+-]\D*)?"
)
_WHOLE = re.compile(r"[0-9]+")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_ONE_MARK = re.compile(r"(?P<whole>[0-9]*)[.,](?P<fraction>[0-9]+)")
_GROUPED = (
    (re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"), "."),
    (re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ","),
)
_GROUP = 3


class NumberFault(ValueError):
    """Why a text is no number; the message is a sentence for the person who typed it."""

    def __init__(self, sentence: str, code: str, **readings: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.readings = readings


NOT_WHOLE: Promise = gettext_lazy("“%(text)s” has a fraction; a whole number is needed.")


def read_decimal(text: str, *, unit: str = "", whole: bool = False) -> Decimal:
    """The number that a person typed. Raises NumberFault.

    One point or comma before exactly three figures (`1.250`) may mean 1,25 or 1250: it is refused,
    unless only a whole number is possible. `unit` is the word that may stand behind the number.
    """
    shown = _SPACES.sub(" ", text).strip()
    found = _PARTS.fullmatch(shown.replace("−", "-").replace("–", "-"))
    if found is None:
        raise NumberFault(_("“%s” is not a number. Type it like 36,5.") % shown, "not_a_number")
    sign = "-" if found["sign"] == "-" else ""
    number, suffix = found["number"], found["unit"]
    plain = _plain(number, whole=whole)
    if plain is None and TWO_READINGS.fullmatch(number):
        raise _ambiguous(shown, sign, number)
    if plain is None:
        raise NumberFault(_("“%s” is not a number. Type it like 36,5.") % shown, "not_a_number")
    if suffix and suffix.strip().casefold() not in UNIT_WORDS.get(unit, (unit.casefold(),)):
        raise NumberFault(_unit_sentence(shown, unit), "unit")
    value = Decimal(sign + _without_zeros(plain))
    if not whole:
        return value
    if value != value.to_integral_value():
        raise NumberFault(str(NOT_WHOLE) % {"text": shown}, "not_whole")
    return value.to_integral_value()


def show_decimal(value: Decimal) -> str:
    """A number as a field shows it: the language's mark, no thousands, no useless zeros."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    text = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=False)
    return unmistakable(str(text))


def _plain(number: str, *, whole: bool) -> str | None:
    """The digits with a point, or None where they cannot be read, or can be read twice."""
    if _WHOLE.fullmatch(number):
        return number
    if _SPACED.fullmatch(number):
        return number.replace(" ", "").replace(",", ".")
    if TWO_READINGS.fullmatch(number):
        return re.sub("[.,]", "", number) if whole else None
    if one := _ONE_MARK.fullmatch(number):
        return f"{one['whole'] or 0}.{one['fraction']}"
    for pattern, thousands in _GROUPED:
        if pattern.fullmatch(number):
            return number.replace(thousands, "").replace(",", ".")
    return None


def _without_zeros(plain: str) -> str:
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _ambiguous(shown: str, sign: str, number: str) -> NumberFault:
    fraction = sign + number.replace(".", ",").rstrip("0").rstrip(",")
    if len(fraction.partition(",")[2]) == _GROUP:
        fraction += "0"  # three figures again: one more and nobody takes them for thousands
    whole = sign + re.sub("[.,]", "", number)
    sentence = _("“%(text)s” can mean %(fraction)s or %(whole)s. Type the one you mean.") % {
        "text": shown,
        "fraction": fraction,
        "whole": whole,
    }
    return NumberFault(sentence, "ambiguous", decimal=fraction, whole=whole)


def _unit_sentence(shown: str, unit: str) -> str:
    if not unit:
        return _("“%s”: type the number alone, without a unit.") % shown
    return _("“%(text)s”: give the number in %(unit)s.") % {"text": shown, "unit": unit}
