from django.db import migrations

WATCHED = ("undergrounding_route", "undergrounding_segment")


def watch(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER map_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION map_bump_version()",
        f"DROP TRIGGER map_version ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("undergrounding", "0002_drafts_rates_decisions"), ("infra", "0006_map")]
    operations = [watch(table) for table in WATCHED]
