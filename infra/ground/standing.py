"""How sure a source is, in words: the same marks on every page that shows a limit."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from infra.ground.choices import Confidence
from infra.ground.rules import OWN_PROVINCES, Citation


def standing(citation: Citation, today: date | None = None) -> list[str]:
    """Confidence; whether its base stands, who adopted it, whether it waits for a review."""
    words = [str(Confidence(citation.confidence).label).lower()]
    if citation.base_ended_on:
        words.append(_base_ended(citation, citation.base_ended_on))
    if citation.province not in OWN_PROVINCES:
        words.append(_("for reference"))
    elif not citation.adopted_by:
        words.append(_("not adopted by a decision of the department"))
    if citation.needs_review(today or timezone.localdate()):
        words.append(_to_review(citation))
    return words


def review_mark(review_on: date | None, today: date | None = None) -> str:
    """The day of a review as lists show it, marked once it has come."""
    if review_on is None:
        return "–"
    day = date_format(review_on, "SHORT_DATE_FORMAT")
    is_due = review_on <= (today or timezone.localdate())
    return _("%s: to be reviewed") % day if is_due else day


def _base_ended(citation: Citation, day: date) -> str:
    words = _("its base ended on %s") % date_format(day, "SHORT_DATE_FORMAT")
    return words + _(" (inferred)") if citation.base_end_inferred else words


def _to_review(citation: Citation) -> str:
    if citation.ask:
        return _("to be reviewed: ask %s") % citation.ask
    return _("to be reviewed")
