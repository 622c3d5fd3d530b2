"""Why a text is not a coordinate, each with a sentence that says what to do."""

from django.utils.translation import gettext as _


class CoordinateError(ValueError):
    """Base of all; str(error) is a sentence in the person's language."""

    code = "unreadable"


class EmptyCoordinateError(CoordinateError):
    """Nothing was written."""

    code = "empty"

    def __init__(self) -> None:
        super().__init__(_("Enter a coordinate, for example 10.4602, 105.6321."))


class UnreadableCoordinateError(CoordinateError):
    """No pair of numbers could be made out."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“%(text)s” could not be read as a coordinate. Write degrees "
                "(10.4602, 105.6321 or 10°27′36.7″N 105°37′55.6″E) or VN-2000 X and Y in metres."
            )
            % {"text": text[:80]}
        )


class WrongCountError(CoordinateError):
    """There is one number where two are needed, or too many."""

    code = "wrong_count"

    def __init__(self, count: int) -> None:
        super().__init__(
            _("A coordinate needs two values; %(count)d found. Check the separators.")
            % {"count": count}
        )


class OutOfRangeError(CoordinateError):
    """Minutes or seconds of 60 and more, latitudes beyond 90, metres far from Việt Nam."""

    code = "out_of_range"

    def __init__(self, value: float, what: str) -> None:
        super().__init__(
            _("%(value)g is not possible as %(what)s. Check the digits.")
            % {"value": value, "what": what}
        )


class MixedSystemsError(CoordinateError):
    """One value looks like degrees and the other like metres."""

    code = "mixed"

    def __init__(self) -> None:
        super().__init__(
            _("One value looks like degrees and the other like metres. Write both the same way.")
        )


class MeridianMissingError(CoordinateError):
    """VN-2000 metres mean nothing without the central meridian, which no number tells."""

    code = "meridian_missing"

    def __init__(self) -> None:
        super().__init__(
            _("These are metres of VN-2000: choose the central meridian, the numbers do not tell.")
        )


class MeridianConflictError(CoordinateError):
    """The text names one meridian and another is chosen."""

    code = "meridian_conflict"

    def __init__(self, named: str, chosen: str) -> None:
        super().__init__(
            _("The text says central meridian %(named)s, but %(chosen)s is chosen.")
            % {"named": named, "chosen": chosen}
        )


class DatumMissingError(CoordinateError):
    """Degrees were written where X and Y were announced: of which datum is not told."""

    code = "datum_missing"

    def __init__(self) -> None:
        super().__init__(
            _("These are degrees, not X and Y: choose WGS-84 degrees or VN-2000 degrees.")
        )
