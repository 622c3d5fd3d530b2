"""Places lie on Earth, areas and lines are valid: held by the database, whichever door is used."""

from django.db import migrations

CHECKS = {
    "infra_administrativeunit": {
        "unit_point_on_earth": "point IS NULL OR tt_on_earth(point)",
        "unit_boundary_sound": "boundary IS NULL OR tt_sound(boundary)",
    },
    "infra_constraintfeature": {"feature_geometry_sound": "tt_sound(geometry)"},
    "infra_comment": {"comment_point_on_earth": "point IS NULL OR tt_on_earth(point)"},
    "infra_attachment": {
        "attachment_point_on_earth": "captured_point IS NULL OR tt_on_earth(captured_point)"
    },
}

# An empty point has no coordinates: the comparison would be unknown, which a CHECK lets pass.
FUNCTIONS = """
CREATE FUNCTION tt_on_earth(place public.geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(public.ST_X(place) BETWEEN -180 AND 180
        AND public.ST_Y(place) BETWEEN -90 AND 90, false)
$$;
CREATE FUNCTION tt_sound(shape public.geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT NOT public.ST_IsEmpty(shape) AND public.ST_IsValid(shape)
        AND public.ST_XMin(shape) >= -180 AND public.ST_XMax(shape) <= 180
        AND public.ST_YMin(shape) >= -90 AND public.ST_YMax(shape) <= 90
$$;
"""


def check(table, name, condition):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("infra", "0015_promised_values")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION tt_sound(geometry); DROP FUNCTION tt_on_earth(geometry)"
        ),
        *(
            check(table, name, condition)
            for table, checks in CHECKS.items()
            for name, condition in checks.items()
        ),
    ]
