"""Masts and proposed positions lie on Earth, whichever door wrote them."""

from django.db import migrations

CHECKS = (
    ("sites_mast", "mast_point_on_earth", "tt_on_earth(point)"),
    ("sites_candidatelocation", "candidate_point_on_earth", "tt_on_earth(point)"),
    (
        "sites_candidatelocation",
        "candidate_proposed_point_on_earth",
        "proposed_point IS NULL OR tt_on_earth(proposed_point)",
    ),
)


def check(table, name, condition):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("sites", "0011_promised_values"), ("infra", "0016_sound_geometry")]

    operations = [check(*one) for one in CHECKS]
