"""The territory's pages on the page of data."""

from django.utils.translation import gettext_lazy as _

from infra.exchange.data_home import Door, register_door
from infra.people.access.roles import EVERYBODY


def register() -> None:
    """Put units and constraint layers beside imports and jobs."""
    register_door(
        Door(
            "territory:units",
            _("Administrative units"),
            _("Communes and wards of any day, what they were made of, and a coordinate look-up."),
            EVERYBODY,
        )
    )
    register_door(
        Door(
            "territory:layers",
            _("Constraint layers"),
            _("Schools, power lines, erosion …: which version counts, from whom and of when."),
            EVERYBODY,
        )
    )
