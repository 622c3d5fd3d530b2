"""Owner and operator get names that can be translated; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0013_law_rows"),
        ("sites", "0012_sound_geometry"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mast",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="masts",
                to="infra.organisation",
                verbose_name="owner",
            ),
        ),
        migrations.AlterField(
            model_name="station",
            name="operator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stations",
                to="infra.organisation",
                verbose_name="operator",
            ),
        ),
        migrations.AlterField(
            model_name="mastevent",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="infra.organisation",
                verbose_name="owner",
            ),
        ),
        migrations.AlterField(
            model_name="stationevent",
            name="operator",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="infra.organisation",
                verbose_name="operator",
            ),
        ),
    ]
