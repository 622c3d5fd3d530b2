"""Names and streets of routes teach the dictionary that misspelt words are corrected by."""

from django.db import migrations

TRIGGERS = """
CREATE TRIGGER words_insert AFTER INSERT ON undergrounding_route
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tt_learn_words('name', 'street');
CREATE TRIGGER words_update AFTER UPDATE ON undergrounding_route
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tt_learn_words('name', 'street');
SELECT tt_learn(array_agg(DISTINCT w)) FROM (
    SELECT concat_ws(' ', name, street) AS t FROM undergrounding_route
) AS n, unnest(tt_words(n.t)) AS w;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("undergrounding", "0003_map_versions"),
        ("infra", "0005_search_words"),
    ]

    operations = [migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop)]
