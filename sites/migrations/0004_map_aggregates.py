from django.db import migrations

WATCHED = ("sites_mast", "sites_station", "sites_candidatelocation")

# Which scopes a mast counts in, under which grade. `public` never tells a grade. An organisation
# is shown `public` and its own scope together, so there its own public masts are taken out of the
# ungraded public count and put in with their grade.
SCOPES = """
CREATE FUNCTION sites_mast_map_scopes(publicity text, grade text, viewers bigint[])
RETURNS TABLE (scope text, bucket text, sign int) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'all', grade, 1
    UNION ALL SELECT 'public', '', 1 WHERE publicity = 'public'
    UNION ALL SELECT 'org:' || org, grade, 1 FROM unnest(viewers) AS org
    UNION ALL SELECT 'org:' || org, '', -1 FROM unnest(viewers) AS org WHERE publicity = 'public'
$$;
"""

EXPECTED = """
CREATE FUNCTION map_expected_sites_mast()
RETURNS TABLE (layer text, scope text, level int, cell_x int, cell_y int, bucket text,
               count bigint, sum_x bigint, sum_y bigint) LANGUAGE sql STABLE AS $$
    SELECT 'masts', s.scope, l.level, (p.qx >> (30 - l.level))::int, (p.qy >> (30 - l.level))::int,
           s.bucket, sum(s.sign)::bigint, sum(s.sign * p.qx)::bigint, sum(s.sign * p.qy)::bigint
    FROM (SELECT map_qx(point) AS qx, map_qy(point) AS qy, publicity, grade, viewer_org_ids
          FROM sites_mast WHERE archived_at IS NULL) AS p
    CROSS JOIN LATERAL sites_mast_map_scopes(p.publicity, p.grade, p.viewer_org_ids) AS s
    CROSS JOIN (VALUES (8), (10), (12), (14), (16)) AS l (level)
    GROUP BY 2, 3, 4, 5, 6
    HAVING sum(s.sign) <> 0 OR sum(s.sign * p.qx) <> 0 OR sum(s.sign * p.qy) <> 0
$$;
"""

COUNT = """
CREATE FUNCTION sites_mast_map_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    columns CONSTANT text := 'point, publicity, grade, viewer_org_ids';
    changed text;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM infra_mapaggregate WHERE layer = 'masts';
        RETURN NULL;
    END IF;
    changed := concat_ws(' UNION ALL ',
        CASE WHEN TG_OP <> 'DELETE' THEN
            'SELECT 1 AS way, ' || columns || ' FROM new_rows WHERE archived_at IS NULL' END,
        CASE WHEN TG_OP <> 'INSERT' THEN
            'SELECT -1 AS way, ' || columns || ' FROM old_rows WHERE archived_at IS NULL' END);
    EXECUTE '
        INSERT INTO infra_mapaggregate AS a
            (layer, scope, level, cell_x, cell_y, bucket, slot, count, sum_x, sum_y)
        SELECT ''masts'', s.scope, l.level, p.qx >> (30 - l.level), p.qy >> (30 - l.level),
               s.bucket, pg_backend_pid() % 32, sum(p.way * s.sign), sum(p.way * s.sign * p.qx),
               sum(p.way * s.sign * p.qy)
        FROM (SELECT way, map_qx(point) AS qx, map_qy(point) AS qy, publicity, grade, viewer_org_ids
              FROM (' || changed || ') AS c) AS p
        CROSS JOIN LATERAL sites_mast_map_scopes(p.publicity, p.grade, p.viewer_org_ids) AS s
        CROSS JOIN (VALUES (8), (10), (12), (14), (16)) AS l (level)
        GROUP BY 2, 3, 4, 5, 6
        HAVING sum(p.way * s.sign) <> 0 OR sum(p.way * s.sign * p.qx) <> 0
            OR sum(p.way * s.sign * p.qy) <> 0
        ORDER BY 2, 3, 4, 5, 6
        ON CONFLICT (layer, scope, level, cell_x, cell_y, bucket, slot) DO UPDATE
        SET count = a.count + excluded.count, sum_x = a.sum_x + excluded.sum_x,
            sum_y = a.sum_y + excluded.sum_y';
    RETURN NULL;
END $$;

CREATE TRIGGER map_count_insert AFTER INSERT ON sites_mast REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_update AFTER UPDATE ON sites_mast
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_delete AFTER DELETE ON sites_mast REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_truncate AFTER TRUNCATE ON sites_mast
    FOR EACH STATEMENT EXECUTE FUNCTION sites_mast_map_count();
"""

UNCOUNT = """
DROP TRIGGER map_count_insert ON sites_mast;
DROP TRIGGER map_count_update ON sites_mast;
DROP TRIGGER map_count_delete ON sites_mast;
DROP TRIGGER map_count_truncate ON sites_mast;
DROP FUNCTION sites_mast_map_count();
DELETE FROM infra_mapaggregate WHERE layer = 'masts';
"""

FILL = """
INSERT INTO infra_mapaggregate
    (layer, scope, level, cell_x, cell_y, bucket, slot, count, sum_x, sum_y)
SELECT layer, scope, level, cell_x, cell_y, bucket, 0, count, sum_x, sum_y
FROM map_expected_sites_mast();
"""


def watch(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER map_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION map_bump_version()",
        f"DROP TRIGGER map_version ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("sites", "0003_candidate_decision_and_screening_scope"), ("infra", "0006_map")]
    operations = [
        migrations.RunSQL(SCOPES, "DROP FUNCTION sites_mast_map_scopes(text, text, bigint[])"),
        migrations.RunSQL(EXPECTED, "DROP FUNCTION map_expected_sites_mast()"),
        migrations.RunSQL(COUNT, UNCOUNT),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *(watch(table) for table in WATCHED),
    ]
