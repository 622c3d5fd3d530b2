"""Numbers given one after another: the only place where the next one is chosen."""

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr

from infra.ground.locks import hold

FEWEST_DIGITS = 4
MOST_DIGITS = 9
"""A longer tail is no number of ours, but something that a person typed."""


@transaction.atomic
def next_number(rows: "QuerySet[Any]", field: str, *, series: str, prefix: str = "") -> int:
    """One more than the largest number among the rows; two who ask at once get two numbers.

    The series is held to the end of the transaction, so a number is neither lost nor given twice.
    """
    hold(f"series:{series}")
    ours = rows.filter(**{f"{field}__regex": f"^{re.escape(prefix)}[0-9]{{1,{MOST_DIGITS}}}$"})
    tail = Cast(Substr(field, len(prefix) + 1), BigIntegerField())
    return (ours.order_by().aggregate(last=Max(tail))["last"] or 0) + 1


def next_code(rows: "QuerySet[Any]", kind: str, on: date, field: str = "code") -> str:
    """`<kind>-<year>-<4 digits>`, counted from 1 in each year: HS-2026-0042."""
    prefix = f"{kind}-{on.year}-"
    number = next_number(rows, field, series=prefix, prefix=prefix)
    return f"{prefix}{number:0{FEWEST_DIGITS}d}"
