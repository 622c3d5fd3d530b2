"""The viewers of a new mast without a query for each: COPY of very many pays for every row."""

from django.db import migrations

VIEWERS = """
CREATE FUNCTION sites_mast_viewers(owner bigint, mast bigint) RETURNS bigint[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT owner WHERE owner IS NOT NULL
        UNION SELECT operator_id FROM sites_station WHERE mast_id = mast
        ORDER BY 1)
$$;
"""

OF_NEW = """
CREATE FUNCTION sites_mast_viewers_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.viewer_org_ids := array_remove(ARRAY[NEW.owner_id], NULL);
    RETURN NEW;
END $$;
CREATE TRIGGER viewers_of_new BEFORE INSERT ON sites_mast
    FOR EACH ROW EXECUTE FUNCTION sites_mast_viewers_of_new();
"""

NOT_OF_NEW = """
DROP TRIGGER viewers_of_new ON sites_mast;
DROP FUNCTION sites_mast_viewers_of_new();
"""


class Migration(migrations.Migration):
    dependencies = [("sites", "0009_statement_history")]

    operations = [
        migrations.RunSQL(VIEWERS, "DROP FUNCTION sites_mast_viewers(bigint, bigint)"),
        migrations.RunSQL(OF_NEW, NOT_OF_NEW),
    ]
