"""A line has two different places at least; once it is submitted it does not cross itself."""

from django.db import migrations

CHECKS = (
    ("undergrounding_route", "route_line_sound", "tt_sound(geometry)"),
    ("undergrounding_route", "route_line_simple", "state = 'draft' OR ST_IsSimple(geometry)"),
    ("undergrounding_segment", "segment_line_has_two_points", "ST_NPoints(geometry) >= 2"),
    ("undergrounding_committeedecision", "decision_line_sound", "tt_sound(geometry)"),
)


def check(table, name, condition):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("undergrounding", "0007_promised_values"), ("infra", "0016_sound_geometry")]

    operations = [check(*one) for one in CHECKS]
