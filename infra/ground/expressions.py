"""PostGIS functions as ORM expressions."""

from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.db.models import BooleanField, Field, FloatField, Func
from django.utils.functional import cached_property


class PlainFunc(Func):
    """An expression of an index: to migrations a plain `Func`, so that they import nothing of ours.

    Subclasses name `function` and `output_field` and take no options.
    """

    function: str
    output_field: Field[Any, Any]

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As Django's own class with the function's name."""
        made: Any = self
        arguments, _options = made._constructor_args
        facts = {"function": self.function, "output_field": type(self).output_field}
        return "django.db.models.Func", arguments, facts

    @cached_property
    def identity(self) -> Any:
        """The same as that of what a migration made of it: else each look would find a change."""
        _path, arguments, facts = self.deconstruct()
        plain: Any = Func(*arguments, **facts)
        return plain.identity


class Geography(PlainFunc):
    """A WGS-84 geometry as geography: metres on the ellipsoid. Also the expression of the index."""

    function = "geography"
    output_field = GeometryField(geography=True)


class LengthMetres(Func):
    """Length in metres on the ellipsoid of a geography."""

    function = "ST_Length"
    output_field = FloatField()


class DistanceMetres(Func):
    """Distance in metres on the ellipsoid between two geographies."""

    function = "ST_Distance"
    output_field = FloatField()


class HoldsWords(Func):
    """Whether a tsvector answers the text of a tsquery: `HoldsWords(F("words"), Value(text))`."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class IsAmong(Func):
    """Whether a key is one of very many, given as the text of an array: one value, not thousands.

    `IsAmong(F("pk"), Value("{1,2}"))`.
    """

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


class UnwalkedText(Func):
    """A text to order by as itself, but through no index: the rows are fetched, then sorted.

    For few rows: an index of the order would be walked past very many that do not answer.
    """

    template = "(%(expressions)s || '')"


class UnwalkedAmount(Func):
    """The same for a number or a date."""

    template = "(%(expressions)s + 0)"
