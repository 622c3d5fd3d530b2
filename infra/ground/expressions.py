"""PostGIS functions as ORM expressions."""

from django.contrib.gis.db.models import GeometryField
from django.db.models import FloatField, Func


class Geography(Func):
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
