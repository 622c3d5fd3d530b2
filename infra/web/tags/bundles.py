"""`{% bundle "map" %}`: a page's script with the pieces it shares; `{% words %}`: its language."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from infra.web.delivery.bundles import pieces_of
from infra.web.delivery.catalogues import name_of

register = template.Library()


@register.simple_tag
def bundle(name: str) -> SafeString:
    """The script `build/<name>.js`; what it imports is fetched beside it, not after it."""
    pieces = ((static(piece),) for piece in pieces_of(name))
    return format_html(
        '{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="modulepreload" href="{}">', pieces),
        static(f"build/{name}.js"),
    )


@register.simple_tag
def words() -> SafeString:
    """The words of scripts in the language of the page."""
    return format_html('<script src="{}" defer></script>', static(name_of(get_language() or "vi")))
