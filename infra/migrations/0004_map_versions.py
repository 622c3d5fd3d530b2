"""A filter by owner reads that table by its codes: a write to it makes tiles anew as well."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_organisation FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0003_lists_at_size"),
    ]

    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER map_version ON infra_organisation"),
    ]
