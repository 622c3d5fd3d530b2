"""Icons, clock chips, state chips and page numbers for every template."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infra.cases.clock import OfficeCalendar, calendar_of
from infra.web.shell.tones import tone_of

register = template.Library()
register.filter("tone", tone_of)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign of the sprite (a bootstrap-icons name); silent for screen readers without a label."""
    voice = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        SafeString(voice),
        static("build/icons.svg"),
        name,
    )


@dataclass(frozen=True)
class ClockReading:
    """How a due date stands: normal, soon, overdue or paused, and the words for it."""

    state: str
    words: str


@register.simple_tag(takes_context=True)
def clock(
    context: template.Context, due_on: date | None, paused: bool = False, done: bool = False
) -> ClockReading | None:
    """The reading of a due date today; None where there is none or the work is done."""
    if due_on is None or done:
        return None
    if paused:
        return ClockReading("paused", _("clock paused"))
    request = context.get("request")
    calendar = calendar_of(request) if request else OfficeCalendar()
    today = timezone.localdate()
    state = str(calendar.due_state(due_on, today))
    if due_on < today:
        days = (today - due_on).days
        return ClockReading(
            state, ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
        )
    days = calendar.between(today, due_on)
    if days == 0:
        return ClockReading(state, _("due today"))
    words = ngettext("%(days)s working day left", "%(days)s working days left", days)
    return ClockReading(state, words % {"days": days})


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The page's own query string with some parts changed; None takes a part away."""
    request: HttpRequest = context["request"]
    parts = request.GET.copy()
    for name, value in changes.items():
        parts.pop(name, None)
        if value is not None:
            parts[name] = str(value)
    return f"?{urlencode(list(parts.lists()), doseq=True)}"
