"""Words as the search reads them, and the words that occur: what a misspelt one is corrected by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models
from django.db.models.functions import Length

FUNCTIONS = r"""
-- The words of a text in plain letters. Where there are numbers, also what is joined by - _ . / as
-- one, and each number by itself: "QL30, 12/5" gives ql30, 12, 5, 125 and 30. The twin for what
-- people type is `query_words` in infra/ground/plaintext.py. Of one expression, to be inlined.
CREATE OR REPLACE FUNCTION tt_words(value text)
RETURNS text[]
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array_remove(string_to_array(
        regexp_replace(public.tt_plain(coalesce(value, '')), '[^a-z0-9]+', ' ', 'g')
        || CASE WHEN value ~ '[0-9]' THEN ' '
            || regexp_replace(translate(public.tt_plain(value), '._/-', ''),
                '[^a-z0-9]+', ' ', 'g') || ' '
            || regexp_replace(value, '[^0-9]+', ' ', 'g')
        ELSE '' END, ' '), '')
$$;

-- The same for a code, which is found by any part that begins with a letter after something else,
-- or with any of its figures: "DT-777" gives dt777, 777, 77 and 7, and prefixes find the rest.
CREATE OR REPLACE FUNCTION tt_code_words(value text)
RETURNS text[]
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$
    SELECT array(
        SELECT replace(substr(c.plain, n), '-', '')
        FROM (SELECT regexp_replace(public.tt_plain(value), '[^a-z0-9]+', '-', 'g') AS plain
            OFFSET 0) AS c, generate_series(1, length(c.plain)) AS n
        WHERE substr(c.plain, n, 1) COLLATE "C" BETWEEN '0' AND '9'
            OR substr(c.plain, n, 1) COLLATE "C" BETWEEN 'a' AND 'z' AND (
                n = 1 OR substr(c.plain, n - 1, 1) COLLATE "C" NOT BETWEEN 'a' AND 'z'))
$$;

-- The words of a text as they are searched, fit for an index.
CREATE OR REPLACE FUNCTION tt_vector(value text)
RETURNS tsvector
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_to_tsvector(public.tt_words(value)) $$;

-- Adds the words of letters that the dictionary has not: without a unique key, so that nobody
-- waits for a long import which brings the same new word; the duty takes doubles away.
CREATE OR REPLACE FUNCTION tt_learn(words text[])
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
    INSERT INTO infra_searchword (word)
    SELECT DISTINCT w.word FROM unnest(words) AS w (word)
    WHERE w.word ~ '^[a-z]{2,}$' AND NOT EXISTS (
        SELECT FROM infra_searchword AS known WHERE known.word = w.word)
$$;

-- Makes the dictionary what is given, once each; what was learnt after `newest` stays.
CREATE OR REPLACE FUNCTION tt_words_are(words text[], newest bigint)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    DELETE FROM infra_searchword AS s WHERE s.id <= newest AND (
        s.word <> ALL (words)
        OR EXISTS (SELECT FROM infra_searchword AS t WHERE t.word = s.word AND t.id < s.id));
    PERFORM tt_learn(words);
END $$;

-- After a statement: the words of the named columns of what it wrote.
CREATE OR REPLACE FUNCTION tt_learn_words()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    told text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT w) FROM (SELECT DISTINCT concat_ws('' '', %s) AS t
        FROM new_rows) AS n, unnest(tt_words(n.t)) AS w', array_to_string(TG_ARGV, ', '))
        INTO told;
    PERFORM tt_learn(told);
    RETURN NULL;
END $$;
"""

LEARN = """
CREATE TRIGGER words_{short} AFTER {verb} ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tt_learn_words({columns});
"""
TABLES = {
    "infra_administrativeunit": "'kind_name', 'name'",
    "infra_constraintfeature": "'name'",
    "infra_organisation": "'name', 'short_name'",
}
TRIGGERS = "".join(
    LEARN.format(short=verb.lower(), verb=verb, table=table, columns=columns)
    for table, columns in TABLES.items()
    for verb in ("INSERT", "UPDATE")
)
ALREADY_THERE = """
SELECT tt_learn(array_agg(DISTINCT w)) FROM (
    SELECT concat_ws(' ', kind_name, name) AS t FROM infra_administrativeunit
    UNION SELECT name FROM infra_constraintfeature WHERE name <> ''
    UNION SELECT concat_ws(' ', name, short_name) FROM infra_organisation
) AS n, unnest(tt_words(n.t)) AS w;
"""


class Migration(migrations.Migration):
    dependencies = [("infra", "0004_map_versions")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="search_word"),
                    models.Index(Length("word"), name="search_word_length"),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "constraintfeature",
            GinIndex(
                models.Func("name", function="tt_vector", output_field=models.TextField()),
                name="constraint_name_words",
            ),
        ),
        migrations.RunSQL(ALREADY_THERE, migrations.RunSQL.noop),
    ]
