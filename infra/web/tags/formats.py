"""Numbers, lengths and dates the way people read them: 1.412 · 2,5 m · 02/12/2026."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

NO_VALUE = mark_safe("–")
NBSP = "\u00a0"
METRES_PER_KM = 1000


@register.filter
def number(value: object, decimals: int | None = None) -> str | SafeString:
    """A number with thousands apart; `decimals` fixes them, otherwise trailing zeros go."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return NO_VALUE
    if decimals is None:
        amount = amount.normalize()
        if amount == amount.to_integral_value():
            amount = amount.quantize(Decimal(1))
    else:
        # Django cuts surplus decimals off; people round.
        amount = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(amount, decimal_pos=decimals, force_grouping=True)


@register.filter
def measure(value: object, unit: str) -> str | SafeString:
    """A number with its unit, never parted at the line's end: `{{ mast.height_m|measure:"m" }}`."""
    if value in (None, ""):
        return NO_VALUE
    return f"{number(value)}{NBSP}{unit}"


@register.filter
def metres(value: object) -> str | SafeString:
    """Metres below one kilometre, kilometres with two decimals above: 212 m · 31,50 km."""
    if value in (None, ""):
        return NO_VALUE
    amount = Decimal(str(value))
    if amount < METRES_PER_KM:
        return f"{number(round(amount, 1))}{NBSP}m"
    return f"{number(amount / METRES_PER_KM, 2)}{NBSP}km"


@register.filter
def money(value: object) -> str | SafeString:
    """Đồng, whole."""
    if value in (None, ""):
        return NO_VALUE
    return f"{number(value, 0)}{NBSP}đồng"


@register.filter
def day(value: date | datetime | None) -> str | SafeString:
    """02/12/2026, in the office's time zone."""
    if value is None:
        return NO_VALUE
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "SHORT_DATE_FORMAT")


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """14:05 02/12/2026, in the office's time zone."""
    if value is None:
        return NO_VALUE
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
