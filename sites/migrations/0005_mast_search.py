"""One kept text per mast for register, box and map, with its unit of today; orders that walk."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Collate

FUNCTIONS = r"""
-- What stands in sites_mastsearch for these masts, made of what stands everywhere else. A unit of
-- today is found by its own name, those of the communes that became it, and all above them. By
-- EXECUTE, so that the plan suits one mast and very many; for very many each boundary is read once.
CREATE OR REPLACE FUNCTION sites_mastsearch_expected(ids bigint[])
RETURNS TABLE (
    mast_id bigint, unit_id bigint, point geometry, is_archived boolean, words tsvector)
LANGUAGE plpgsql
STABLE
AS $$
DECLARE
    today CONSTANT date := (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
    stand CONSTANT text := 'u.level = 3 AND u.valid_from <= $2
        AND (u.valid_to IS NULL OR u.valid_to >= $2)';
    standing CONSTANT text := CASE WHEN cardinality(ids) < 300 THEN '
        SELECT m.id, (SELECT u.id FROM infra_administrativeunit u
            WHERE u.boundary ~ m.point AND ST_Covers(u.boundary, m.point) AND ' || stand || '
            ORDER BY u.code LIMIT 1) AS unit
        FROM masts m'
    ELSE '
        SELECT DISTINCT ON (m.id) m.id, u.id AS unit
        FROM (SELECT u.id, u.code, ST_Force2D(u.boundary) AS shape
            FROM infra_administrativeunit u WHERE ' || stand || ' AND u.boundary IS NOT NULL
            OFFSET 0) AS u
        JOIN masts m ON ST_Covers(u.shape, m.point)
        ORDER BY m.id, u.code'
    END;
BEGIN
    RETURN QUERY EXECUTE '
    WITH RECURSIVE masts AS MATERIALIZED (
        SELECT id, code, name, address, point, publicity, viewer_org_ids,
            archived_at IS NOT NULL AS is_archived
        FROM sites_mast WHERE id = ANY($1)
    ), standing AS MATERIALIZED (' || standing || '
    ), above (unit, id) AS (
        SELECT unit, unit FROM standing WHERE unit IS NOT NULL GROUP BY unit
        UNION
        SELECT a.unit, o.id FROM above a CROSS JOIN LATERAL (
            SELECT s.predecessor_id AS id FROM infra_unitsuccession s WHERE s.successor_id = a.id
            UNION ALL
            SELECT p.parent_id FROM infra_administrativeunit p
            WHERE p.id = a.id AND p.parent_id IS NOT NULL
        ) AS o
    ), of_unit AS MATERIALIZED (
        SELECT a.unit, array_to_tsvector(array_agg(w.word)) AS words
        FROM above a JOIN infra_administrativeunit u ON u.id = a.id
        CROSS JOIN LATERAL unnest(tt_words(concat_ws('' '', u.kind_name, u.name))) AS w (word)
        GROUP BY a.unit
    ), of_people AS MATERIALIZED (
        SELECT v.viewer_org_ids, array_to_tsvector(array_agg(w.word)) AS words
        FROM (SELECT DISTINCT viewer_org_ids FROM masts) AS v
        CROSS JOIN LATERAL unnest(v.viewer_org_ids) AS org (id)
        JOIN infra_organisation o ON o.id = org.id
        CROSS JOIN LATERAL unnest(
            tt_words(concat_ws('' '', o.name, o.short_name)) || (''@o'' || o.id)) AS w (word)
        GROUP BY v.viewer_org_ids
    ), of_stations AS MATERIALIZED (
        SELECT s.mast_id AS id, array_agg(''~'' || w.word) AS words
        FROM sites_station s CROSS JOIN LATERAL unnest(
            tt_code_words(s.code) || tt_words(s.name)) AS w (word)
        WHERE s.mast_id = ANY($1) GROUP BY s.mast_id
    )
    SELECT m.id, g.unit, m.point, m.is_archived,
        array_to_tsvector(
            tt_code_words(m.code) || tt_words(m.name)
            || array(SELECT ''~'' || word FROM unnest(tt_words(m.address)) AS a (word))
            || coalesce(s.words, ''{}'')
            || CASE WHEN m.publicity = ''public'' THEN ''{@p}''::text[] ELSE ''{}'' END
        ) || coalesce(o.words, '''') || coalesce(u.words, '''')
    FROM masts m
    LEFT JOIN standing g ON g.id = m.id
    LEFT JOIN of_unit u ON u.unit = g.unit
    LEFT JOIN of_people o ON o.viewer_org_ids = m.viewer_org_ids
    LEFT JOIN of_stations s ON s.id = m.id' USING ids, today;
END $$;

-- Writes what is expected where it differs, and teaches the dictionary. Whoever changes the same
-- masts at the same time waits, and then reads what the other has written.
CREATE OR REPLACE FUNCTION sites_mastsearch_put(ids bigint[], are_new boolean DEFAULT false)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    told text[];
BEGIN
    IF coalesce(cardinality(ids), 0) = 0 THEN
        RETURN;
    END IF;
    IF NOT are_new THEN
        PERFORM FROM sites_mast WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    END IF;
    EXECUTE '
        WITH written AS (
            INSERT INTO sites_mastsearch AS s (mast_id, unit_id, point, is_archived, words)
            SELECT * FROM sites_mastsearch_expected($1) ORDER BY 1
            ON CONFLICT (mast_id) DO UPDATE SET unit_id = excluded.unit_id,
                point = excluded.point, is_archived = excluded.is_archived, words = excluded.words
            WHERE (s.unit_id, s.point, s.is_archived, s.words) IS DISTINCT FROM
                (excluded.unit_id, excluded.point, excluded.is_archived, excluded.words)
            RETURNING words
        )
        SELECT array_agg(DISTINCT ltrim(word, ''~''))
        FROM written, unnest(tsvector_to_array(words)) AS w (word) WHERE word ~ ''^~?[a-z]{2,}$'''
        INTO told USING ids;
    PERFORM tt_learn(told);
END $$;

-- Many masts are written later, by the duty; few at once.
CREATE OR REPLACE FUNCTION sites_mastsearch_put_soon(ids bigint[])
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF cardinality(ids) <= 2000 THEN
        PERFORM sites_mastsearch_put(ids);
    ELSE
        INSERT INTO sites_mastsearchdue (mast_id) SELECT unnest(ids);
    END IF;
END $$;

-- Writes up to `most` of the masts that wait; how many it took. The name of a merged unit, too,
-- waits from the day on which another stands in its place.
CREATE OR REPLACE FUNCTION sites_mastsearch_catch_up(most integer)
RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    ids bigint[];
BEGIN
    WITH taken AS (
        DELETE FROM sites_mastsearchdue WHERE id IN (
            SELECT id FROM sites_mastsearchdue ORDER BY id LIMIT most FOR UPDATE SKIP LOCKED)
        RETURNING mast_id
    )
    SELECT array_agg(DISTINCT mast_id) INTO ids FROM taken;
    IF ids IS NULL THEN
        SELECT array_agg(s.mast_id) INTO ids FROM (
            SELECT s.mast_id FROM infra_administrativeunit u
            JOIN sites_mastsearch s ON s.unit_id = u.id
            WHERE u.valid_to < (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date LIMIT most) AS s;
    END IF;
    PERFORM sites_mastsearch_put(ids);
    RETURN coalesce(cardinality(ids), 0);
END $$;

CREATE OR REPLACE FUNCTION sites_mast_search()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    -- The viewers that a statement over stations moves are read by that statement's own trigger.
    told CONSTANT text := 'id, code, name, address, point, publicity, archived_at IS NULL'
        || CASE WHEN pg_trigger_depth() = 1 THEN ', viewer_org_ids' ELSE '' END;
    ids bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM sites_mastsearch;
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        EXECUTE 'SELECT array_agg(id) FROM new_rows' INTO ids;
        PERFORM sites_mastsearch_put(ids, true);
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT array_agg(id) FROM (
            SELECT %1$s FROM new_rows EXCEPT SELECT %1$s FROM old_rows) AS changed', told) INTO ids;
        PERFORM sites_mastsearch_put(ids);
        EXECUTE 'SELECT array_agg(id) FROM (
            SELECT id FROM old_rows EXCEPT SELECT id FROM new_rows) AS gone' INTO ids;
    ELSE
        EXECUTE 'SELECT array_agg(id) FROM old_rows' INTO ids;
    END IF;
    DELETE FROM sites_mastsearch WHERE mast_id = ANY(ids);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION sites_station_search()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    told CONSTANT text := 'id, mast_id, operator_id, code, name';
    ids bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM sites_mastsearch_put_soon(array(SELECT id FROM sites_mast));
        RETURN NULL;
    END IF;
    EXECUTE 'SELECT array_agg(DISTINCT mast_id) FROM (' || CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT mast_id FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT mast_id FROM old_rows'
        ELSE format('(SELECT %1$s FROM new_rows EXCEPT SELECT %1$s FROM old_rows)
            UNION ALL (SELECT %1$s FROM old_rows EXCEPT SELECT %1$s FROM new_rows)', told)
    END || ') AS changed' INTO ids;
    PERFORM sites_mastsearch_put(ids);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION sites_organisation_search()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    orgs bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(id) FROM (SELECT id, name, short_name FROM new_rows
        EXCEPT SELECT id, name, short_name FROM old_rows) AS renamed' INTO orgs;
    IF orgs IS NOT NULL THEN
        PERFORM sites_mastsearch_put_soon(
            array(SELECT id FROM sites_mast WHERE viewer_org_ids && orgs));
    END IF;
    RETURN NULL;
END $$;

-- A unit's name reaches the masts of the units it became; new boundaries those inside old and new.
CREATE OR REPLACE FUNCTION sites_unit_search()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    told CONSTANT text := CASE TG_TABLE_NAME WHEN 'infra_unitsuccession'
        THEN 'successor_id AS id, predecessor_id, null::geometry AS boundary'
        ELSE 'id, kind_name, name, parent_id, level, valid_from, valid_to, boundary' END;
    new_ones CONSTANT text := format('SELECT %s FROM new_rows', told);
    old_ones CONSTANT text := format('SELECT %s FROM old_rows', told);
    units bigint[];
    shapes geometry[];
BEGIN
    IF NOT EXISTS (SELECT FROM sites_mast) THEN
        RETURN NULL;
    END IF;
    EXECUTE 'SELECT array_agg(DISTINCT id), array_agg(boundary) FILTER (WHERE boundary IS NOT NULL)
        FROM (' || CASE TG_OP
        WHEN 'INSERT' THEN new_ones
        WHEN 'DELETE' THEN old_ones
        ELSE format('(%1$s EXCEPT %2$s) UNION ALL (%2$s EXCEPT %1$s)', new_ones, old_ones)
    END || ') AS changed' INTO units, shapes;
    IF units IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM sites_mastsearch_put_soon(array(
        WITH RECURSIVE below (id) AS (
            SELECT unnest(units)
            UNION
            SELECT o.id FROM below b CROSS JOIN LATERAL (
                SELECT s.successor_id AS id FROM infra_unitsuccession s
                WHERE s.predecessor_id = b.id
                UNION ALL
                SELECT c.id FROM infra_administrativeunit c WHERE c.parent_id = b.id
            ) AS o
        )
        SELECT s.mast_id FROM sites_mastsearch s WHERE s.unit_id IN (SELECT id FROM below)
        UNION
        SELECT m.id FROM unnest(shapes) AS b (shape) JOIN sites_mast m ON m.point @ b.shape
            AND ST_Covers(b.shape, m.point)
    ));
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER search_delete AFTER DELETE ON sites_mast REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_search();
CREATE TRIGGER search_insert AFTER INSERT ON sites_mast REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_search();
CREATE TRIGGER search_truncate AFTER TRUNCATE ON sites_mast
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_search();
CREATE TRIGGER search_update AFTER UPDATE ON sites_mast
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_search();
CREATE TRIGGER search_delete AFTER DELETE ON sites_station REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_station_search();
CREATE TRIGGER search_insert AFTER INSERT ON sites_station REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_station_search();
CREATE TRIGGER search_truncate AFTER TRUNCATE ON sites_station
    FOR EACH STATEMENT EXECUTE FUNCTION sites_station_search();
CREATE TRIGGER search_update AFTER UPDATE ON sites_station
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_station_search();
CREATE TRIGGER search_of_masts AFTER UPDATE ON infra_organisation
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_organisation_search();
"""
OF_UNITS = """
CREATE TRIGGER search_of_masts_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_unit_search();
CREATE TRIGGER search_of_masts_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_unit_search();
CREATE TRIGGER search_of_masts_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_unit_search();
"""
ALREADY_THERE = """
INSERT INTO sites_mastsearch (mast_id, unit_id, point, is_archived, words)
    SELECT * FROM sites_mastsearch_expected(array(SELECT id FROM sites_mast));
SELECT tt_learn(array_agg(DISTINCT ltrim(w.word, '~')))
    FROM sites_mastsearch, unnest(tsvector_to_array(words)) AS w (word)
    WHERE w.word ~ '^~?[a-z]{2,}$';
"""

NAME = (Collate("name", "vi-x-icu"), "id")
HEIGHT = (models.F("height_m").desc(nulls_last=True), "code")
VERIFIED = (models.F("last_verified_on").asc(nulls_first=True), "code")
ON_SHOW = {"condition": models.Q(publicity="public")}
ORDERS = (
    ("mast_grade_code", (models.F("grade").desc(), "code"), {}),
    ("mast_height_code", HEIGHT, {}),
    ("mast_verified_code", VERIFIED, {}),
    ("mast_public_code", ("code",), ON_SHOW),
    ("mast_public_name", NAME, ON_SHOW),
    ("mast_public_height", HEIGHT, ON_SHOW),
    ("mast_public_verified", VERIFIED, ON_SHOW),
)


class Migration(migrations.Migration):
    dependencies = [("sites", "0004_map_tally"), ("infra", "0005_search_words")]

    operations = [
        migrations.CreateModel(
            name="MastSearch",
            fields=[
                (
                    "mast",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="sites.mast",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="infra.administrativeunit",
                    ),
                ),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(srid=4326, spatial_index=False),
                ),
                ("is_archived", models.BooleanField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name="MastSearchDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mast_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(ALREADY_THERE, migrations.RunSQL.noop),
        migrations.AddIndex(
            "mastsearch",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=512, name="mast_search_words"
            ),
        ),
        migrations.AddIndex(
            "mastsearch", models.Index(fields=["unit", "mast"], name="mast_search_unit")
        ),
        migrations.RunSQL(
            "ALTER TABLE sites_mastsearch ALTER COLUMN words SET STATISTICS 1000",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            OF_UNITS.format(table="infra_administrativeunit"), migrations.RunSQL.noop
        ),
        migrations.RunSQL(OF_UNITS.format(table="infra_unitsuccession"), migrations.RunSQL.noop),
        *(
            migrations.AddIndex("mast", models.Index(*keys, name=name, **condition))
            for name, keys, condition in ORDERS
        ),
        migrations.RemoveIndex("mast", "mast_grade"),
        migrations.RemoveIndex("mast", "mast_search_trgm"),
        migrations.RemoveIndex("station", "station_search_trgm"),
    ]
