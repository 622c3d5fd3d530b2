"""Our own numbers of documents, where the office has no register."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from infra.ground import numbering
from infra.ground.errors import Refused
from infra.models import Document


def next_number(document_type: str, on: date) -> str:
    """The next number of the type in that year, for the document that is being issued.

    Raises Refused where the office's register numbers documents (`OWN_DOCUMENT_NUMBERS` off).
    """
    if not settings.OWN_DOCUMENT_NUMBERS:
        raise Refused(_("Type in the number from the office's document register."))
    issued = Document.objects.filter(type=document_type, issued_on__year=on.year)
    series = f"document:{document_type}:{on.year}"
    return str(numbering.next_number(issued, "number", series=series))
