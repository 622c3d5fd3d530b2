"""Chainage as drawings write it."""

from django import template

register = template.Library()
METRES_PER_KM = 1000


@register.filter
def chainage(metres: float) -> str:
    """`2+350` for 2,350 m from the start."""
    kilometres, rest = divmod(round(metres), METRES_PER_KM)
    return f"{kilometres}+{rest:03}"
