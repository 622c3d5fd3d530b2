"""Indexes in the orders of the list beside the map."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0003_map_tally"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="mast",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["-grade", "code"],
                name="mast_worst_first",
            ),
        ),
        migrations.AddIndex(
            model_name="mast",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("publicity", "public")),
                fields=["code"],
                name="mast_public_code",
            ),
        ),
    ]
