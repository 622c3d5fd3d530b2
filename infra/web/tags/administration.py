"""Words for the administrators' pages."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

from infra.ground.choices import Role

register = template.Library()


@register.filter
def role_names(roles: list[str]) -> str:
    """Roles in words, in the order of the list of roles."""
    return ", ".join(str(role.label) for role in Role if role in roles) or "–"


@register.filter
def control(field: Any) -> SafeString:
    """A field of a filter in the product's own look."""
    is_choice = isinstance(field.field.widget, forms.Select)
    drawn: SafeString = field.as_widget(
        attrs={"class": "form-select" if is_choice else "form-control"}
    )
    return drawn
