"""An immutable accent-free wrapper: unaccent alone is only STABLE and cannot be indexed."""

from django.db import migrations

CREATE = """
CREATE FUNCTION tt_plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary,
       translate(normalize(value, NFC), 'đĐ', 'dD'))) $$
"""


class Migration(migrations.Migration):
    dependencies = [("infra", "0003_job_task")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION tt_plain(text)")]
