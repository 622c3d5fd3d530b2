"""Who and why, read without an exception block, which opened a subtransaction for every row."""

from django.db import migrations

ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    told_id CONSTANT uuid := nullif(current_setting('pghistory.context_id', true), '');
    told CONSTANT jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF told_id IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context AS c (id, metadata, created_at, updated_at)
    VALUES (told_id, told, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
        WHERE c.metadata <> excluded.metadata;
    RETURN told_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0014_one_numbering"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    # Going back, the slower function gave the same and this one may stay.
    operations = [migrations.RunSQL(ATTACH, migrations.RunSQL.noop)]
