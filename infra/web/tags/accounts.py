"""The demo people, for the sign-in page."""

from django import template

from infra.people.accounts.demo import PEOPLE, DemoPerson

register = template.Library()


@register.simple_tag
def demo_people() -> tuple[DemoPerson, ...]:
    """The accounts that one click signs in as."""
    return PEOPLE
