"""The systems a person chooses among beside a coordinate: WGS-84, VN-2000 degrees, meridians."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infra.places.geo.crs import DEFAULT_MERIDIANS, MERIDIANS, meridian_label
from infra.places.geo.reading import System

CHOICE_WGS84: Final = "wgs84"
CHOICE_GEOGRAPHIC: Final = "vn2000"
_OTHERS: Final = tuple(each for each in MERIDIANS if each not in DEFAULT_MERIDIANS)

Choice = tuple[str, str | Promise]
Group = tuple[Promise, list[Choice]]


def system_choices() -> list[Choice | Group]:
    """The options: what is usual here first, the other meridians in a group."""
    others: list[Choice] = [(each, plane_label(each)) for each in _OTHERS]
    return [
        (CHOICE_WGS84, _("WGS-84 degrees (GPS, web maps)")),
        (CHOICE_GEOGRAPHIC, _("VN-2000 degrees")),
        *((each, plane_label(each)) for each in DEFAULT_MERIDIANS),
        (_("Other central meridians"), others),
    ]


def plane_label(meridian: str) -> str:
    """`VN-2000 X, Y, KTT 105°00′`."""
    return gettext("VN-2000 X, Y, central meridian %(meridian)s") % {
        "meridian": meridian_label(meridian)
    }


def choice_label(choice: str) -> str:
    """The words of one option."""
    if choice in MERIDIANS:
        return plane_label(choice)
    return str({CHOICE_WGS84: _("WGS-84 degrees"), CHOICE_GEOGRAPHIC: _("VN-2000 degrees")}[choice])


def meant_by(choice: str) -> tuple[System | None, str | None]:
    """The system of degrees and the meridian that an option stands for."""
    if choice in MERIDIANS:
        return None, choice
    return (System.VN2000_GEOGRAPHIC, None) if choice == CHOICE_GEOGRAPHIC else (None, None)


def is_choice(choice: str) -> bool:
    """Whether it is one of the options."""
    return choice in MERIDIANS or choice in {CHOICE_WGS84, CHOICE_GEOGRAPHIC}
