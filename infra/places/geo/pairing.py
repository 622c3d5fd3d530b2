"""Which of two values is the north one, and whether they are degrees or metres."""

from typing import Final

from django.utils.translation import gettext as _

from infra.places.geo.errors import MixedSystemsError, OutOfRangeError
from infra.places.geo.reading import Notation, Order, Reading, System
from infra.places.geo.sequence import METRES_PER_DEGREE, Value

SMALLEST_PLANE_M: Final = 100_000
_LARGEST_PLANE_M: Final = 10_000_000
_LARGEST_EASTING_M: Final = 900_000
_LATITUDES: Final = (7.0, 24.0)  # Việt Nam with its islands
_LONGITUDES: Final = (101.0, 118.0)
_NORTH_AXES: Final = frozenset("NSX")
_NOTATIONS: Final = {1: Notation.DECIMAL, 2: Notation.MINUTES, 3: Notation.SECONDS}


def pair_up(first: Value, second: Value) -> Reading:
    """Order two values as north and east; raises MixedSystemsError, OutOfRangeError."""
    planes = [abs(value.number) >= SMALLEST_PLANE_M for value in (first, second)]
    if all(planes):
        return _plane(first, second)
    if any(planes):
        raise MixedSystemsError
    return _degrees(first, second)


def _plane(first: Value, second: Value) -> Reading:
    for value in (first, second):
        if not 0 < value.number < _LARGEST_PLANE_M:
            raise OutOfRangeError(value.number, _("metres of VN-2000"))
    order = Order.LABELLED if _are_labelled(first, second) else Order.ASSUMED
    north, east = first, second
    if order is Order.LABELLED:
        north, east = _by_label(first, second)
    elif first.number < _LARGEST_EASTING_M < second.number:
        north, east, order = second, first, Order.BY_RANGE
    return Reading(
        system=System.VN2000_PLANE,
        north=north.number,
        east=east.number,
        notation=Notation.PLANE,
        order=order,
        resolution_m=max(first.step, second.step),
    )


def _degrees(first: Value, second: Value) -> Reading:
    for value in (first, second):
        if abs(value.number) > 180:  # noqa: PLR2004 - of a circle
            raise OutOfRangeError(value.number, _("degrees"))
    north, east, order = first, second, Order.ASSUMED
    if _are_labelled(first, second) and not {first.axis, second.axis} & {"X", "Y"}:
        north, east = _by_label(first, second)
        order = Order.LABELLED
    elif _in(first, _LATITUDES) and _in(second, _LONGITUDES):
        order = Order.BY_RANGE
    elif (_in(first, _LONGITUDES) and _in(second, _LATITUDES)) or abs(first.number) > 90:  # noqa: PLR2004
        north, east, order = second, first, Order.BY_RANGE
    return Reading(
        system=System.WGS84,
        north=north.number,
        east=east.number,
        notation=_NOTATIONS[max(first.parts, second.parts)],
        order=order,
        resolution_m=max(first.step, second.step) * METRES_PER_DEGREE,
    )


def _are_labelled(first: Value, second: Value) -> bool:
    """Two names of different axes; one name is enough to tell the other."""
    axes = [value.axis in _NORTH_AXES for value in (first, second) if value.axis]
    return len(axes) == 1 or (len(axes) == 2 and axes[0] != axes[1])  # noqa: PLR2004


def _by_label(first: Value, second: Value) -> tuple[Value, Value]:
    first_is_north = first.axis in _NORTH_AXES if first.axis else second.axis not in _NORTH_AXES
    return (first, second) if first_is_north else (second, first)


def _in(value: Value, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value.number <= bounds[1]
