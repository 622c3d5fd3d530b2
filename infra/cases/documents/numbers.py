"""Our own numbering, where the office has no register: row-locked, without gaps or doubles."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from infra.ground.errors import Refused
from infra.models import NumberSeries


def next_number(document_type: str, on: date) -> str:
    """The next number of the type's series of that year; inside a transaction, so never lost.

    Raises Refused where the office's register numbers documents (`OWN_DOCUMENT_NUMBERS` off).
    """
    if not settings.OWN_DOCUMENT_NUMBERS:
        raise Refused(_("Type in the number from the office's document register."))
    with transaction.atomic():
        NumberSeries.objects.get_or_create(document_type=document_type, year=on.year)
        series = NumberSeries.objects.select_for_update().get(
            document_type=document_type, year=on.year
        )
        series.last_number += 1
        series.save(update_fields=["last_number"])
    return str(series.last_number)
